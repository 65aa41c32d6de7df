import { recordingHost, registrationOf, startOidcProvider, type OidcProviderStandIn } from '@emrex-gateway/testing'
import { eidasIdentityPlugin, eidasSettings, profiles } from '../src/index.js'
import { fitProfile } from '../src/fit-profile.js'
import { type KeyFolder, makeKeyFolder } from './key-folder.js'

const saml = {
  entityId: 'https://gateway.example/saml',
  identityProvider: { entityId: 'https://idp.example', metadataFile: 'idp.xml' },
  signing: [{ keyFile: 'ours.key', certificateFile: 'ours.pem' }],
}
const oidc = { issuer: 'https://op.example', clientId: 'gateway', keyFile: 'ours.key' }

describe('eidasSettings', () => {
  const problems = (settings: unknown) => {
    const parsed = eidasSettings.safeParse(settings)
    return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  }

  it.each(profiles.map(({ id, protocol }) => [id, protocol] as const))('takes %s, by %s', (profile, protocol) => {
    expect(problems({ profile, ...(protocol === 'saml' ? saml : oidc) })).toEqual([])
    expect(problems({ profile, ...(protocol === 'saml' ? oidc : saml) })).not.toEqual([])
  })

  it('names the profiles that there are when it is asked for another', () => {
    const [problem, ...more] = problems({ profile: 'xx-nowhere', ...saml })
    expect(more).toEqual([])
    expect(problem).toMatch(/^profile: no such profile; there are hr-nias, .*plain-oidc$/)
    expect(problems({ ...saml })).toEqual([problem])
  })

  it('refuses what no setting is called, and a country or a domain that is none', () => {
    expect(problems({ profile: 'hr-nias', ...saml, colour: 'red' }).join()).toContain('colour')
    expect(problems({ profile: 'hr-nias', ...saml, countries: ['Croatia'] })).toEqual([
      'countries.0: a country such as SE',
    ])
    expect(problems({ profile: 'se-swamid', ...saml, studentNumbersOf: ['https://x'] })).toEqual([
      'studentNumbersOf.0: a domain in lower-case letters',
    ])
  })
})

describe('fitProfile', () => {
  const profileOf = (id: string) => profiles.find((one) => one.id === id)!

  it('adds the student numbers of the universities that the settings name', () => {
    const fitted = fitProfile(profileOf('nl-surfconext'), { studentNumbersOf: ['polder.example'] })
    if (fitted.protocol !== 'oidc') throw new Error('not reached')
    expect(fitted.claims.at(-1)).toMatchObject({
      names: ['schac_personal_unique_code'],
      form: 'schac-personal-unique-code',
      scheme: 'student:polder.example',
    })
  })

  it('says so when no claim of the profile holds them', () => {
    expect(() => fitProfile(profileOf('nl-digid'), { studentNumbersOf: ['polder.example'] })).toThrow(
      'settings.studentNumbersOf: no claim of the profile nl-digid holds student numbers',
    )
  })

  it('serves the countries that the settings name', () => {
    expect(
      fitProfile(profileOf('se-sweden-connect'), { countries: ['SE', 'NO'], studentNumbersOf: [] }).countries,
    ).toEqual(['SE', 'NO'])
    expect(fitProfile(profileOf('se-sweden-connect'), { studentNumbersOf: [] }).countries).toEqual(['SE'])
  })
})

describe('eidasIdentityPlugin', () => {
  let issuer: OidcProviderStandIn
  let keys: KeyFolder
  const callbackUrl = 'https://gateway.example/ncp/one/login/callback'

  beforeAll(async () => {
    keys = await makeKeyFolder({ type: 'ec', curve: 'P-256' })
    issuer = await startOidcProvider({
      levels: ['eidas-loa-low', 'idporten-loa-substantial', 'idporten-loa-high'],
      clients: [await registrationOf('gateway', keys.privateKey, [callbackUrl])],
    })
  }, 60_000)
  afterAll(async () => {
    await issuer.close()
    keys.remove()
  })

  it('opens a login by OpenID Connect, asks for the levels of its profile and says what is unconfirmed', async () => {
    const settings = eidasSettings.parse({
      profile: 'no-id-porten',
      issuer: issuer.issuer,
      clientId: 'gateway',
      keyFile: keys.keyFile,
      label: 'ID-porten (test)',
      countries: ['NO', 'SE'],
    })
    const provider = await eidasIdentityPlugin.create(settings, recordingHost(), 'norway')
    expect(provider.info).toEqual({
      id: 'norway',
      kind: 'eid',
      label: 'ID-porten (test)',
      countries: ['NO', 'SE'],
      bestLoa: 'high',
      delivers: ['national:NO', 'eidas', 'oidc-sub'],
      deliversBirthDate: true,
    })
    expect(provider.unconfirmed?.join('\n')).toContain('to be confirmed: Digdir, ID-porten: names of the claims')
    expect((await provider.refresh?.())?.available).toBe(true)
    const { action } = await provider.begin({
      ...{ handle: 'handle-one', callbackUrl, minimumLoa: 'substantial', freshLogin: true, language: 'en' },
    })
    expect(action.kind).toBe('redirect')
    expect(new URL(action.url).origin).toBe(new URL(issuer.issuer).origin)
  }, 60_000)

  it('says which setting is missing', async () => {
    const settings = eidasSettings.parse({ profile: 'pl-login-gov', ...saml })
    await expect(eidasIdentityPlugin.create(settings, recordingHost(), 'poland')).rejects.toThrow(
      'settings.providerName',
    )
    const feide = eidasSettings.parse({ profile: 'no-feide', issuer: issuer.issuer, clientId: 'gateway' })
    await expect(eidasIdentityPlugin.create(feide, recordingHost(), 'feide')).rejects.toThrow('clientSecret')
  })
})
