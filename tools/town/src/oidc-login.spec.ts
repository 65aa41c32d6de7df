import { identityOfClaims, type ClaimRule } from '@emrex-gateway/core'
import { demoLoginPeople } from './demo-login-people.js'
import { oidcLoginPeople, oidcLoginSettings } from './oidc-login.js'
import { students } from './people.js'

const options = { issuer: 'http://127.0.0.1:1', clientId: 'town', keyFile: './key.pem', label: 'Town', countries: [] }

describe('oidcLoginPeople', () => {
  it('says the same about everybody as the demonstration login, claim by claim', () => {
    const rules = oidcLoginSettings(options).claims.map((rule) => ({
      ...rule,
      known: { source: 'here' },
    })) as ClaimRule[]
    const people = oidcLoginPeople(students)
    for (const demo of demoLoginPeople(students)) {
      const { claims } = people.find(({ id }) => id === demo.id)!
      const values = new Map(
        Object.entries(claims).map(([name, value]) => [name, typeof value === 'string' ? [{ text: value }] : []]),
      )
      const read = identityOfClaims(
        rules.map((rule) => ({ ...rule, required: false })),
        values,
        { provider: 'town', issuer: 'x', subject: demo.id, loa: 'none', authenticatedAt: '2026-01-01T00:00:00.000Z' },
      )
      if (!('identity' in read)) throw new Error(`${demo.id} cannot be read`)
      const identifiers = read.identity.identifiers.map(({ scheme, value }) => `${scheme} ${value}`)
      expect(identifiers.sort()).toEqual(demo.identifiers.map(({ scheme, value }) => `${scheme} ${value}`).sort())
      expect(read.identity.birthDate?.value).toBe(demo.birthDate)
      expect(read.identity.names[0]).toMatchObject({ given: demo.given, family: demo.family })
      expect(read.identity.names.some(({ kind }) => kind === 'birth')).toBe(demo.birthName !== undefined)
    }
  })

  it('has one person for each way that a login can fail', () => {
    const [weak, ageless, late] = oidcLoginPeople().slice(-3)
    expect(weak).toMatchObject({ id: 'weak', acr: 'level-low' })
    expect(ageless!.claims['birthdate']).toBeUndefined()
    expect(late).toMatchObject({ id: 'late', isExpired: true })
  })
})
