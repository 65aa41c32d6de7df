import { judge } from './judged.js'
import { buildResponse, makeKeys, profileOf } from './saml-factory.js'

const keys = await makeKeys()

describe('validateResponse', () => {
  it.each([
    ['response', false],
    ['assertion', false],
    ['both', false],
    ['response', true],
    ['assertion', true],
    ['both', true],
  ] as const)('takes facts from a good message, %s signed, encrypted: %s', (signed, encrypted) => {
    const outcome = judge(keys, buildResponse(keys, { signed, encrypted }), { profile: profileOf({ signed }) })
    expect(outcome).toMatchObject({ ok: true })
  })
})
