import { attackCases } from './attacks/attack-cases.js'
import { makeKeys } from './saml-factory.js'

const cases = attackCases(await makeKeys())

describe('the attack catalogue', () => {
  it.each(cases.map((attack) => [attack.id, attack.name, attack] as const))('%s %s', (_id, _name, attack) => {
    expect(attack.run()).toBe(attack.expected)
  })
})
