import { recordingHost, startOidcProvider } from '@emrex-gateway/testing'
import { oidcIdentityPlugin } from '../src/index.js'
import { lyingIssuer, lyingOp, type Lies } from './lying-op.js'
import { lyingScene, type LyingScene } from './lying-scene.js'
import { makeKeyFolder, orderFor, settingsFor } from './registration.js'

let scene: LyingScene
beforeAll(async () => {
  scene = await lyingScene()
})
afterAll(() => scene.keys.remove())

const saying =
  (change: Record<string, unknown>): Lies['discovery'] =>
  (document) => ({ ...document, ...change })

const redirect = new Response('', { status: 302, headers: { location: 'https://attacker.example/' } })
const huge = () => new Response(JSON.stringify({ issuer: lyingIssuer, padding: 'x'.repeat(5 * 1024 * 1024) }))
const of = `the discovery document of ${lyingIssuer}`

describe('what an issuer says about itself', () => {
  it.each<[string, Lies['discovery'], string]>([
    ['another issuer', saying({ issuer: 'https://other.example' }), `${of} names another issuer than the settings`],
    ['its issuer with a slash', saying({ issuer: `${lyingIssuer}/` }), `${of} names another issuer than the settings`],
    ['no PKCE', saying({ code_challenge_methods_supported: ['plain'] }), `${of} does not offer PKCE with S256`],
    ['no keys', saying({ jwks_uri: undefined }), `${of} names no jwks_uri`],
    ['no userinfo', saying({ userinfo_endpoint: undefined }), `${of} names no userinfo_endpoint`],
    [
      'plain http',
      saying({ token_endpoint: 'http://op.example/token' }),
      `${of} is refused: token_endpoint is not an https address`,
    ],
    [
      'a private address',
      saying({ jwks_uri: 'https://169.254.169.254/jwks' }),
      `${of} is refused: jwks_uri names the host 169.254.169.254, which is neither the issuer's nor in furtherHosts`,
    ],
    [
      'a foreign host, for TLS',
      saying({ mtls_endpoint_aliases: { token_endpoint: 'https://attacker.example/token' } }),
      `${of} is refused: token_endpoint names the host attacker.example, which is neither the issuer's nor in furtherHosts`,
    ],
    [
      'a foreign host that looks like its own',
      saying({ authorization_endpoint: 'https://op.example.attacker.example/auth' }),
      `${of} is refused: authorization_endpoint names the host op.example.attacker.example, which is neither the issuer's nor in furtherHosts`,
    ],
    [
      'a password',
      saying({ token_endpoint: 'https://a:b@op.example/token' }),
      `${of} is refused: token_endpoint carries a password`,
    ],
    ['no address', saying({ token_endpoint: 'token' }), `${of} is refused: token_endpoint is no address`],
    [
      'weak signatures alone',
      saying({ id_token_signing_alg_values_supported: ['HS256', 'none'] }),
      `${of} announces none of the signature algorithms of the profile`,
    ],
    ['5 MB', huge, `${of} is refused: an answer of more than 1 MiB`],
    ['a redirect', () => redirect, `${lyingIssuer} does not answer with a discovery document`],
    [
      'HTML',
      () => new Response('<h1>hello</h1>', { headers: { 'content-type': 'text/html' } }),
      `${of} cannot be read`,
    ],
  ])('OI-17: %s makes the login unavailable until it is put right', async (_what, discovery, finding) => {
    scene.op.lies = { discovery }
    const provider = await scene.open()
    expect(await provider.refresh!()).toEqual({ available: false, findings: [finding] })
    await expect(provider.begin(orderFor('h'))).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    scene.op.lies = {}
    expect(await provider.refresh!()).toEqual({ available: true, findings: [] })
    expect(await scene.attempt({}, { provider })).toMatchObject({ ok: true })
    scene.op.lies = { discovery: saying({ issuer: 'https://other.example' }) }
    expect(await provider.refresh!()).toMatchObject({ available: false })
    scene.op.lies = {}
    expect(scene.op.asked.every((address) => address.startsWith(`${lyingIssuer}/`))).toBe(true)
  })

  it('OI-17: a host below its own, and one that the settings name, may be used', async () => {
    scene.op.lies = {
      discovery: saying({
        authorization_endpoint: 'https://login.op.example/auth',
        end_session_endpoint: 'https://elsewhere.example:8443/logout',
      }),
    }
    const provider = await scene.open({ furtherHosts: ['elsewhere.example:8443'] })
    expect(await provider.refresh!()).toEqual({ available: true, findings: [] })
    scene.op.lies = {}
  })

  it('OI-17: an http issuer is refused in production, and elsewhere unless it is on this machine', async () => {
    const keys = await makeKeyFolder()
    const issuer = await startOidcProvider()
    const stateIn = async (environment: 'production' | 'test' | 'demo', address: string) => {
      const host = recordingHost({ environment })
      const provider = await oidcIdentityPlugin.create(settingsFor(address, keys.keyFile), host, 'plain')
      return provider.refresh!()
    }
    const refused = (address: string) => ({
      available: false,
      findings: [`the discovery document of ${address} is refused: its address is not an https address`],
    })
    expect(await stateIn('production', issuer.issuer)).toEqual(refused(issuer.issuer))
    expect(await stateIn('test', 'http://op.example')).toEqual(refused('http://op.example'))
    expect(await stateIn('demo', issuer.issuer)).toMatchObject({ available: true })
    await issuer.close()
    keys.remove()
  })
})

describe('an issuer that is down', () => {
  it('is unavailable from the start, is asked once a minute by those who want to log in, and comes back', async () => {
    const keys = await makeKeyFolder()
    let isDown = true
    let calls = 0
    const clock = { now: Date.now() }
    const op = await lyingOp(() => new Date(clock.now))
    const reach = (async (input: string, init: RequestInit) => {
      calls++
      if (isDown) throw new TypeError('fetch failed')
      return op.fetch(input, init)
    }) as typeof fetch
    const host = recordingHost({ environment: 'production', fetch: reach, now: () => new Date(clock.now) })
    const provider = await oidcIdentityPlugin.create(settingsFor(lyingIssuer, keys.keyFile), host, 'down')
    const finding = `${lyingIssuer} does not answer with a discovery document`
    expect(await provider.refresh!()).toEqual({ available: false, findings: [finding] })
    expect(calls).toBe(2)
    for (let i = 0; i < 5; i++) await provider.begin(orderFor('h')).catch(() => undefined)
    expect(calls).toBe(2)
    clock.now += 61_000
    isDown = false
    const { action, pending } = await provider.begin(orderFor('h'))
    isDown = true
    expect(await provider.refresh!()).toEqual({ available: false, findings: [finding] })
    expect(await provider.complete(op.authorize(action), pending, orderFor('h'))).toEqual({
      ok: false,
      reason: 'provider-unavailable',
      detail: 'token-unreachable',
    })
    clock.now += 25 * 3_600_000
    expect(await provider.refresh!()).toEqual({ available: false, findings: [finding] })
    expect(await provider.complete(op.authorize(action), pending, orderFor('h'))).toMatchObject({
      reason: 'provider-unavailable',
      detail: 'issuer-unavailable',
    })
    keys.remove()
  })
})

describe('the keys of an issuer', () => {
  it('OI-05: new ones are fetched when one is missing, at most once a minute', async () => {
    const provider = await scene.open()
    const fetched = () => scene.op.asked.filter((address) => address.endsWith('/jwks')).length
    const before = fetched()
    expect(await scene.attempt({}, { provider })).toMatchObject({ ok: true })
    expect(await scene.attempt({}, { provider })).toMatchObject({ ok: true })
    expect(fetched()).toBe(before + 1)
    await scene.op.rotate()
    for (let i = 0; i < 3; i++)
      expect(await scene.attempt({}, { provider })).toMatchObject({ ok: false, detail: 'id-token-key' })
    expect(fetched()).toBe(before + 1)
    scene.clock.now += 61_000
    expect(await scene.attempt({}, { provider })).toMatchObject({ ok: true })
    expect(fetched()).toBe(before + 2)
  })

  it('are forgotten after five minutes: a key that was withdrawn signs nothing any more', async () => {
    const provider = await scene.open()
    const withdrawn = scene.op.keys
    const byOldKey: Lies = {
      idToken: (draft) => ({
        ...draft,
        key: withdrawn.private,
        header: { ...draft.header, kid: withdrawn.public.kid! },
      }),
    }
    expect(await scene.attempt(byOldKey, { provider })).toMatchObject({ ok: true })
    await scene.op.rotate()
    expect(await scene.attempt(byOldKey, { provider })).toMatchObject({ ok: true })
    scene.clock.now += 301_000
    expect(await scene.attempt(byOldKey, { provider })).toMatchObject({ ok: false, detail: 'id-token-key' })
    expect(await scene.attempt({}, { provider })).toMatchObject({ ok: true })
  })
})
