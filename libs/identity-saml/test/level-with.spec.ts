import { refedsLevels } from '@emrex-gateway/core'
import { judge } from './judged.js'
import { attribute, buildResponse, makeKeys, personAttributes, profileOf } from './saml-factory.js'

const assurance = 'urn:oid:1.3.6.1.4.1.5923.1.1.1.11'
const known = { source: 'invented' }

describe('a level that stands in an assurance attribute', () => {
  it('counts a well proofed person as substantial only where the login was strong too', async () => {
    const keys = await makeKeys()
    const profile = profileOf({}, { levels: [...refedsLevels], levelFrom: 'assurance-claim' })
    const rules = {
      ...profile,
      attributes: [...profile.attributes, { names: [assurance], gives: 'assurance' as const, known }],
    }
    const levelOf = (level: string): string => {
      const attributes = personAttributes + attribute(assurance, 'https://refeds.org/assurance/IAP/high')
      const outcome = judge(keys, buildResponse(keys, { fields: { level, attributes } }), {
        profile: rules,
        pending: { minimumLoa: 'none' },
      })
      return outcome.ok ? outcome.facts.loa : outcome.detail
    }
    expect(levelOf('urn:oasis:names:tc:SAML:2.0:ac:classes:Password')).toBe('low')
    expect(levelOf('https://refeds.org/profile/mfa')).toBe('substantial')
  }, 60_000)
})
