import { bestLoaOf, deliveredSchemes, reachesLoa } from '@emrex-gateway/core'
import { infoOf, profiles, unconfirmedOf } from '../src/index.js'
import { claimsOfProfile, rulesOf } from '../src/info-of.js'
import { minimumDataSet } from '../src/rules/eidas-rules.js'
import { statementsOf } from '../src/unconfirmed-of.js'

const asked = [
  ...[
    'hr-nias',
    'hr-aai-eduhr',
    'pl-login-gov',
    'se-sweden-connect',
    'se-swamid',
    'no-id-porten',
    'no-feide',
    'fi-haka',
  ],
  ...['fi-suomi-fi', 'dk-wayf', 'dk-mitid', 'nl-surfconext', 'nl-digid', 'de-bundid', 'be-fas', 'fr-franceconnect'],
  ...['it-spid', 'it-cie', 'cz-nia', 'eu-myacademicid', 'plain-saml', 'plain-oidc'],
]
const saml = profiles.flatMap((profile) => (profile.protocol === 'saml' ? [profile] : []))

describe('profiles', () => {
  it('are those that were asked for, each once', () => {
    expect(profiles.map(({ id }) => id)).toEqual(asked)
  })
})

describe.each(profiles.map((profile) => [profile.id, profile] as const))('profile %s', (id, profile) => {
  it('says of every claim, level and note where it is known from, or with whom it must be confirmed', () => {
    const statements = statementsOf(profile)
    expect(statements).toHaveLength(rulesOf(profile).length + profile.levels.length + profile.notes.length)
    for (const { known } of statements) {
      const words = 'source' in known ? known.source : known.confirm
      expect(words).toMatch(/\S{3}/)
      expect('source' in known && 'confirm' in known).toBe(false)
    }
  })

  it('says of every identifier what it is', () => {
    for (const rule of claimsOfProfile(profile)) {
      expect(rule.names.length).toBeGreaterThan(0)
      expect(new Set(rule.names).size).toBe(rule.names.length)
      if (rule.gives === 'identifier') expect(deliveredSchemes([rule])).toHaveLength(1)
      expect(rule.form === 'prefixed').toBe(rule.prefix !== undefined)
      if (rule.form === 'schac-personal-unique-id') expect(rule.scheme).toMatch(/^national:/)
      if (rule.form === 'national-id') expect(rule.scheme).toMatch(/^national:/)
    }
  })

  it('looks up somebody: it delivers an identifier, or names and a birth date', () => {
    const { delivers, deliversBirthDate } = infoOf(profile)
    expect(delivers.length > 0 || deliversBirthDate).toBe(true)
  })

  it('computes what it can do from its rules', () => {
    const info = infoOf(profile, 'login-of-ours')
    expect(info).toMatchObject({ id: 'login-of-ours', kind: profile.kind, countries: profile.countries })
    expect(info.bestLoa).toBe(bestLoaOf(profile.levels))
    expect(info.deliversBirthDate).toBe(claimsOfProfile(profile).some(({ gives }) => gives === 'birth-date'))
  })

  it('names its country as ISO 3166-1 does, and national numbers of no other country', () => {
    for (const country of profile.countries) expect(country).toMatch(/^[A-Z]{2}$/)
    if (profile.countries[0] !== undefined) expect(id.slice(0, 2)).toBe(profile.countries[0].toLowerCase())
    for (const { scheme, receivingCountry } of rulesOf(profile)) {
      if (scheme?.startsWith('national:') === true) expect(profile.countries).toContain(scheme.slice(-2))
      if (receivingCountry !== undefined) expect(profile.countries).toContain(receivingCountry)
    }
  })

  it('maps every level once, and of an eID reaches substantial', () => {
    const keys = profile.levels.map(({ value, onlyWith }) => `${value} ${onlyWith ?? ''}`)
    expect(new Set(keys).size).toBe(keys.length)
    if (profile.kind === 'eid') expect(reachesLoa(bestLoaOf(profile.levels), 'substantial')).toBe(true)
    if (profile.levelFrom === 'assurance-claim')
      expect(claimsOfProfile(profile).some(({ gives }) => gives === 'assurance')).toBe(true)
  })

  it('has a line for everything that is not confirmed, and for nothing else', () => {
    const lines = unconfirmedOf(profile).join('\n')
    const said = [
      ...rulesOf(profile).map(({ names, known }) => [names[0]!, known] as const),
      ...profile.levels.map(({ value, known }) => [value, known] as const),
      ...profile.notes.map((note) => [note.text, note] as const),
    ]
    for (const [text, known] of said)
      if ('confirm' in known) {
        expect(lines).toContain(text)
        expect(lines).toContain(known.confirm)
      }
    const isAllKnown = statementsOf(profile).every(({ known }) => 'source' in known)
    const isStrict = profile.protocol === 'oidc' || profile.response.relax === undefined
    expect(lines === '').toBe(isAllKnown && isStrict)
  })
})

describe.each(saml.map((profile) => [profile.id, profile] as const))('SAML profile %s', (_id, profile) => {
  it('asks for a complete minimum data set where it speaks eIDAS', () => {
    if (profile.request.eidas === undefined) return
    const names = profile.attributes.map((rule) => rule.names[0])
    expect(names).toEqual(expect.arrayContaining(minimumDataSet))
    expect(profile.request.issuer).toBe('entity')
    expect(profile.request.forceAuthn).toBe('always')
    expect(profile.request.authnContext).toBe('minimum')
  })

  it('takes SHA-2 alone, ends relaxations or says which rule of the operator demands them', () => {
    expect(profile.response.signatures.length).toBeGreaterThan(0)
    expect(profile.response.digests).not.toContain('sha1')
    expect(profile.response.skewSeconds).toBeLessThanOrEqual(180)
    expect(profile.response.maxLifetimeSeconds).toBeLessThanOrEqual(900)
    for (const { reason, until } of Object.values(profile.response.relax ?? {})) {
      expect(until === undefined ? reason : `demands ${until}`).toContain('demands')
      if (until !== undefined) expect(Date.parse(until)).toBeGreaterThan(Date.parse('2026-11-26'))
    }
  })
})
