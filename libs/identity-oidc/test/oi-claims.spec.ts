import type { Lies } from './lying-op.js'
import { lyingScene, refusal, type LyingScene } from './lying-scene.js'
import { logoutUrl } from './registration.js'

let scene: LyingScene
beforeAll(async () => {
  scene = await lyingScene()
})
afterAll(() => scene.keys.remove())

const userinfo = (change: Record<string, unknown>): Lies => ({ userinfo: (all) => ({ ...all, ...change }) })
const noAcr: Lies = { idToken: (draft) => ({ ...draft, claims: { ...draft.claims, acr: undefined } }) }
const order = { minimumLoa: 'substantial' } as const

describe('what the claims of a login mean', () => {
  it('takes the level from claims about assurance where the profile says so, and from no other', async () => {
    const settings = {
      levelFrom: 'assurance-claim',
      askLevelBy: undefined,
      levels: [{ value: 'https://refeds.org/assurance/IAP/high', loa: 'substantial' }],
      claims: [
        { names: ['family_name'], gives: 'family-name' },
        { names: ['eduperson_assurance'], gives: 'assurance' },
      ],
    }
    const said = ['https://refeds.org/assurance', 'https://refeds.org/assurance/IAP/high']
    expect(await scene.attempt(userinfo({ eduperson_assurance: said }), { settings, order })).toMatchObject({
      ok: true,
      identity: { loa: 'substantial' },
    })
    expect(await scene.attempt(userinfo({ other_assurance: said }), { settings, order })).toEqual(
      refusal('loa-too-low', 'level-unknown'),
    )
    const alsoAcr = { ...settings, claims: [{ names: ['acr'], gives: 'assurance' }, settings.claims[0]] }
    expect(await scene.attempt({ ...userinfo({ acr: said[1] }), ...noAcr }, { settings: alsoAcr, order })).toEqual(
      refusal('loa-too-low', 'level-missing'),
    )
    expect(await scene.attempt(userinfo({ eduperson_assurance: said }), { order: { minimumLoa: 'high' } })).toEqual(
      refusal('loa-too-low', 'level-too-low'),
    )
  })

  it('believes the ID token before userinfo, and reads numbers and lists, but nothing deeper', async () => {
    const signed: Lies = {
      idToken: (draft) => ({ ...draft, claims: { ...draft.claims, family_name: 'Signed' } }),
      userinfo: (all) => ({ ...all, pid: 5068907693, birthdate: ['1989-06-05'], given_name: ['Ada'] }),
    }
    expect(await scene.attempt(signed)).toMatchObject({
      ok: true,
      identity: { names: [{ family: 'Signed', given: 'Ada' }], birthDate: { value: '1989-06-05' } },
    })
    const nothing: Lies = {
      idToken: (draft) => ({ ...draft, claims: { ...draft.claims, birthdate: null, given_name: '' } }),
      userinfo: (all) => ({ ...all, birthdate: '1989-06-05', given_name: 'Ada' }),
    }
    expect(await scene.attempt(nothing)).toMatchObject({
      ok: true,
      identity: { names: [{ given: 'Ada' }], birthDate: { value: '1989-06-05' } },
    })
    expect(await scene.attempt(userinfo({ birthdate: { value: '1989-06-05' } }))).toEqual(
      refusal('attributes-missing', 'claims-missing'),
    )
  })

  it('refuses a claim that cannot be true, and logs its name without its value', async () => {
    for (const birthdate of [['1989-06-05', '1990-01-01'], '1989-02-30', 'yesterday'])
      expect(await scene.attempt(userinfo({ birthdate }))).toEqual(refusal('provider-error', 'claims-malformed'))
    expect(scene.host.lines.at(-1)).toContain('birthdate')
    expect(scene.host.lines.join()).not.toMatch(/1989|1990|yesterday|Ada|Nordmann/)
  })

  it('takes identifiers and roles of the domains alone that the issuer may speak for', async () => {
    const settings = {
      trustedScopes: ['fjell.example'],
      claims: [
        { names: ['eppn'], gives: 'identifier', scheme: 'eppn', persistence: 'reissuable' },
        { names: ['affiliation'], gives: 'role' },
      ],
      subject: undefined,
    }
    const said = (domain: string) =>
      userinfo({ eppn: `ada@${domain}`, affiliation: ['staff@fjell.example', `staff@${domain}`] })
    expect(await scene.attempt(said('fjell.example'), { settings })).toMatchObject({
      ok: true,
      identity: { identifiers: [{ scheme: 'eppn', value: 'ada@fjell.example' }], roles: ['staff@fjell.example'] },
    })
    expect(await scene.attempt(said('other.example'), { settings })).toMatchObject({
      ok: true,
      identity: { identifiers: [], roles: ['staff@fjell.example'] },
    })
    expect(scene.host.lines.at(-1)).toContain('"names":"eppn affiliation"')
  })

  it('takes a rule only where another claim allows it, and a level only with its companion', async () => {
    const settings = {
      levelFrom: 'assurance-claim',
      levels: [{ value: 'proofed', loa: 'substantial', onlyWith: 'two-factors' }],
      claims: [
        { names: ['assurance'], gives: 'assurance' },
        {
          names: ['pid'],
          gives: 'identifier',
          form: 'national-id',
          scheme: 'national:NO',
          onlyWhen: { name: 'by', values: ['register'] },
        },
      ],
      subject: undefined,
    }
    const attempt = (change: Record<string, unknown>) => scene.attempt(userinfo(change), { settings })
    expect(await attempt({ by: 'register', assurance: ['proofed', 'two-factors'] })).toMatchObject({
      identity: { loa: 'substantial', identifiers: [{ scheme: 'national:NO' }] },
    })
    expect(await attempt({ by: 'hearsay', assurance: ['proofed'] })).toMatchObject({
      identity: { loa: 'none', identifiers: [] },
    })
  })

  it('asks an issuer to end the session by an address only where nothing else is taken', async () => {
    const outcome = await scene.attempt()
    if (!outcome.ok) throw new Error(outcome.detail)
    const byForm = await (await scene.open()).logout!.begin(outcome.session!, logoutUrl)
    const byAddress = await (await scene.open({ logoutBy: 'get' })).logout!.begin(outcome.session!, logoutUrl)
    expect([byForm.kind, new URL(byForm.url).search]).toEqual(['post', ''])
    expect([byAddress.kind, new URL(byAddress.url).searchParams.get('post_logout_redirect_uri')]).toEqual([
      'redirect',
      logoutUrl,
    ])
  })
})
