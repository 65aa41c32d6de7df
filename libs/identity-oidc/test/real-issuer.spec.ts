import type { BrowserAction, IdentityOutcome, IdentityProvider, LoginOrder } from '@emrex-gateway/core'
import {
  oidcPeople,
  recordingHost,
  registrationOf,
  startOidcProvider,
  type OidcProviderStandIn,
  type RecordingHost,
} from '@emrex-gateway/testing'
import { oidcIdentityPlugin } from '../src/index.js'
import {
  callbackUrl,
  clientId,
  logoutUrl,
  makeKeyFolder,
  orderFor,
  settingsFor,
  type KeyFolder,
} from './registration.js'
import { visit } from './visitor.js'

const ada = 'Ada Marie Nordmann-Prøve'
let keys: KeyFolder
let issuer: OidcProviderStandIn
const clock = { ahead: 0 }
const host: RecordingHost = recordingHost({ now: () => new Date(Date.now() + clock.ahead) })

const openAt = (address: string, more: object = {}, keyFile: string | undefined = keys.keyFile) =>
  oidcIdentityPlugin.create(settingsFor(address, keyFile, more), host, 'real')

async function logIn(
  provider: IdentityProvider,
  button: string,
  more: Partial<LoginOrder> = {},
): Promise<{ outcome: IdentityOutcome; action: BrowserAction }> {
  const order = orderFor(host.randomId(), more)
  const { action, pending } = await provider.begin(order)
  return { outcome: await provider.complete(await visit(action, button), pending, order), action }
}

const registered = (more: object = {}) =>
  registrationOf(clientId, keys.signer.privateKey, [callbackUrl], {
    post_logout_redirect_uris: [logoutUrl],
    ...more,
  })

beforeAll(async () => {
  keys = await makeKeyFolder()
  issuer = await startOidcProvider({ clients: [await registered()] })
}, 60_000)

afterAll(async () => {
  await issuer.close()
  keys.remove()
})

describe('a login at oidc-provider', () => {
  it('gives everything that the settings name, and nothing else', async () => {
    const provider = await openAt(issuer.issuer)
    const { outcome } = await logIn(provider, ada, { minimumLoa: 'substantial' })
    expect(outcome).toEqual({
      ok: true,
      identity: {
        provider: 'real',
        issuer: issuer.issuer,
        subject: 'sub-ada',
        loa: 'substantial',
        authenticatedAt: expect.stringMatching(/Z$/),
        names: [{ given: 'Ada Marie', family: 'Nordmann-Prøve', kind: 'current' }],
        birthDate: { value: '1989-06-05', precision: 'day' },
        identifiers: [
          { scheme: 'national:NO', value: '05068907693', persistence: 'lifelong' },
          { scheme: 'oidc-sub', value: 'sub-ada', persistence: 'pairwise' },
        ],
        roles: [],
      },
      session: { idToken: expect.any(String) },
    })
    expect(provider.info).toEqual({
      id: 'real',
      kind: 'student',
      label: 'University of Prøve',
      countries: [],
      bestLoa: 'substantial',
      delivers: ['national:NO', 'oidc-sub'],
      deliversBirthDate: true,
    })
  })

  it.each([
    ['Cancel', 'cancelled', 'access-denied'],
    ['Ada with a weak login', 'loa-too-low', 'level-too-low'],
    ['Ada without a birth date', 'attributes-missing', 'claims-missing'],
    ['Ada, an hour late', 'expired', 'id-token-expired'],
  ])('"%s" ends as %s', async (button, reason, detail) => {
    const { outcome } = await logIn(await openAt(issuer.issuer), button, { minimumLoa: 'substantial' })
    expect(outcome).toEqual({ ok: false, reason, detail })
  })

  it('without a level is too weak for an order that names one', async () => {
    const provider = await openAt(issuer.issuer, { askLevelBy: undefined })
    expect((await logIn(provider, ada, { minimumLoa: 'low' })).outcome).toEqual({
      ok: false,
      reason: 'loa-too-low',
      detail: 'level-missing',
    })
    expect((await logIn(provider, ada)).outcome).toMatchObject({ ok: true, identity: { loa: 'none' } })
  })

  it('takes its request pushed, where that is offered or demanded, and in the address where it is forbidden', async () => {
    const pushed = await logIn(await openAt(issuer.issuer), ada)
    expect([...new URL(pushed.action.url).searchParams.keys()].sort()).toEqual(['client_id', 'request_uri'])
    expect(await issuer.asked()).toContain('POST /request')
    const open = await logIn(await openAt(issuer.issuer, { pushedRequests: 'never' }), ada)
    expect(new URL(open.action.url).searchParams.get('code_challenge_method')).toBe('S256')
    expect([pushed.outcome.ok, open.outcome.ok]).toEqual([true, true])
    const strict = await startOidcProvider({ clients: [await registered()], requirePushedRequests: true })
    const provider = await openAt(strict.issuer, { pushedRequests: 'required' })
    const demanded = await logIn(provider, ada)
    const forbidden = await (await openAt(strict.issuer, { pushedRequests: 'never' })).refresh!()
    await strict.close()
    expect(demanded.outcome).toMatchObject({ ok: true })
    expect(forbidden).toEqual({
      available: false,
      findings: [`the discovery document of ${strict.issuer} demands pushed requests, which the profile forbids`],
    })
  })

  it('answers by a form where the profile says so', async () => {
    const provider = await openAt(issuer.issuer, { responseMode: 'form_post' })
    const order = orderFor('handle-form')
    const { action, pending } = await provider.begin(order)
    const message = await visit(action, ada)
    expect(message.method).toBe('POST')
    expect(provider.correlate(message)).toBe('handle-form')
    expect(await provider.complete(message, pending, order)).toMatchObject({ ok: true })
  })

  it('takes userinfo signed', async () => {
    await issuer.register({ ...(await registered({ userinfo_signed_response_alg: 'RS256' })), client_id: 'signed' })
    const provider = await openAt(issuer.issuer, { userinfo: 'jwt', clientId: 'signed' })
    expect((await logIn(provider, ada)).outcome).toMatchObject({ ok: true, identity: { subject: 'sub-ada' } })
  })

  it('takes an RSA key with PS256, and secrets', async () => {
    const rsa = await makeKeyFolder({ key: { type: 'rsa', bits: 2048 } })
    await issuer.register(await registrationOf('rsa', rsa.signer.privateKey, [callbackUrl]))
    const provider = await openAt(issuer.issuer, { keyAlgorithm: 'PS256', clientId: 'rsa' }, rsa.keyFile)
    expect((await logIn(provider, ada)).outcome).toMatchObject({ ok: true })
    rsa.remove()
    const clientSecret = 'a secret of this test alone'
    for (const clientAuth of ['client_secret_basic', 'client_secret_post']) {
      await issuer.register({
        client_id: clientAuth,
        client_secret: clientSecret,
        redirect_uris: [callbackUrl],
        token_endpoint_auth_method: clientAuth,
      })
      const one = await openAt(issuer.issuer, { clientAuth, clientId: clientAuth, clientSecret }, undefined)
      expect((await logIn(one, ada)).outcome).toMatchObject({ ok: true })
    }
    expect(host.lines.join()).not.toContain(clientSecret)
  })

  it('is registered with what `metadata` says, and nothing more; then it logs in and out', async () => {
    const settings = { clientId: 'registered', logoutBy: 'get' }
    const provider = await openAt(issuer.issuer, settings)
    await expect(provider.begin(orderFor('h'))).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    expect(host.lines.at(-1)).toContain('"detail":"client-refused"')
    const { body } = await provider.metadata!({ callbackUrl, logoutUrl })
    await issuer.register(JSON.parse(body))
    const { outcome } = await logIn(provider, ada)
    if (!outcome.ok) throw new Error(outcome.detail)
    const page = await fetch((await provider.logout!.begin(outcome.session!, logoutUrl)).url)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('/session/end/confirm')])
  })

  it('goes on after the issuer has changed its keys, within a minute', async () => {
    const provider = await openAt(issuer.issuer)
    expect((await logIn(provider, ada)).outcome).toMatchObject({ ok: true })
    await issuer.rotateKeys()
    expect((await logIn(provider, ada)).outcome).toMatchObject({ ok: false, detail: 'id-token-key' })
    clock.ahead += 61_000
    const asked = (await issuer.asked()).filter((one) => one === 'GET /jwks').length
    // The clock of the host alone went on; the issuer's tokens are a minute old to us, and its login too.
    expect((await logIn(provider, ada, { freshLogin: false })).outcome).toMatchObject({ ok: true })
    expect((await issuer.asked()).filter((one) => one === 'GET /jwks').length).toBe(asked + 1)
    clock.ahead = 0
  })

  it('leaves nothing about anybody, and nothing secret, in the log', async () => {
    const { privateKey } = keys.signer
    const secret = privateKey.split('\n')[1]!
    const personal = oidcPeople.flatMap(({ id, claims }) => [id, ...Object.values(claims)]).filter(Boolean)
    expect(host.lines.length).toBeGreaterThan(2)
    for (const text of [...personal, secret, 'eyJ', 'Nordmann']) expect(host.lines.join('\n')).not.toContain(text)
  })
})
