import { readFileSync } from 'node:fs'
import { assuranceOf, type AssertedValue, identityOfClaims, loaOf } from '@emrex-gateway/core'
import { type EidasProfile, infoOf, profiles } from '../src/index.js'
import { claimsOfProfile } from '../src/info-of.js'

/** An invented person as one login asserts them, and who that is. */
interface Fixture {
  readonly who: string
  readonly subject: string
  /** What the context of the login says: `acr` or AuthnContextClassRef. */
  readonly said: readonly string[]
  readonly trustedScopes?: readonly string[]
  readonly asserted: Readonly<Record<string, Written | readonly Written[]>>
  readonly identity: Readonly<Record<string, unknown>>
}
type Written = string | AssertedValue

const fixturesOf = ({ id }: EidasProfile) =>
  JSON.parse(readFileSync(new URL(`fixtures/${id}.json`, import.meta.url), 'utf8')) as readonly Fixture[]

const cases = profiles.flatMap((profile) =>
  fixturesOf(profile).map((fixture) => [profile.id, fixture.who, profile, fixture] as const),
)
const constant = { provider: 'login', issuer: 'https://idp.example', authenticatedAt: '2026-11-26T10:00:00.000Z' }

function read(profile: EidasProfile, { subject, said, trustedScopes, asserted }: Fixture) {
  const rules = claimsOfProfile(profile)
  const subjectRule = profile.protocol === 'saml' ? profile.nameId : profile.subject
  const values = new Map(
    Object.entries(asserted).map(([name, given]) => [
      name,
      [given].flat().map((value) => (typeof value === 'string' ? { text: value } : (value as AssertedValue))),
    ]),
  )
  const levels = profile.levelFrom === 'assurance-claim' ? [...said, ...assuranceOf(rules, values)] : said
  return identityOfClaims(rules, values, {
    ...constant,
    subject,
    ...(subjectRule === undefined ? {} : { subjectRule }),
    ...(profile.countries[0] === undefined ? {} : { country: profile.countries[0] }),
    ...(trustedScopes === undefined ? {} : { trustedScopes }),
    loa: loaOf(levels, profile.levels),
  })
}

describe('a login by a profile', () => {
  it.each(cases)('%s: reads %s', (_id, _who, profile, fixture) => {
    const outcome = read(profile, fixture)
    expect(outcome).toHaveProperty('identity', { ...constant, ...fixture.identity })
    if (!('identity' in outcome)) throw new Error('not reached')
    expect(outcome.doubtful).toEqual([])
    const { delivers, deliversBirthDate } = infoOf(profile)
    for (const { scheme } of outcome.identity.identifiers) expect(delivers).toContain(scheme)
    if (outcome.identity.birthDate !== undefined) expect(deliversBirthDate).toBe(true)
  })

  it.each(
    profiles.flatMap((profile) =>
      claimsOfProfile(profile)
        .filter(({ required }) => required)
        .map(({ names }) => [profile.id, names[0]!, names, profile] as const),
    ),
  )('%s: misses %s', (_id, name, names, profile) => {
    const [fixture] = fixturesOf(profile)
    const asserted = Object.fromEntries(Object.entries(fixture!.asserted).filter(([given]) => !names.includes(given)))
    expect(read(profile, { ...fixture!, asserted })).toEqual({ missing: [name] })
  })

  it.each(
    profiles.flatMap((profile) =>
      claimsOfProfile(profile)
        .filter(({ receivingCountry }) => receivingCountry !== undefined)
        .map(({ names, receivingCountry }) => [profile.id, names[0]!, receivingCountry!, profile] as const),
    ),
  )('%s: refuses an identifier in %s that was not made for %s', (_id, name, country, profile) => {
    const [fixture] = fixturesOf(profile)
    expect(read(profile, { ...fixture!, asserted: { ...fixture!.asserted, [name]: 'MT/XK/1' } })).toEqual({
      malformed: `${name} was made for another country than ${country}`,
    })
  })

  it('of DigiD knows the old kind of number from a person', () => {
    const profile = profiles.find(({ id }) => id === 'nl-digid')!
    const [fixture] = fixturesOf(profile)
    expect(read(profile, { ...fixture!, subject: 's00000001:111222333' })).toEqual({ missing: ['NameID'] })
  })
})
