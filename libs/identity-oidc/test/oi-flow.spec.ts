import { createHash } from 'node:crypto'
import { EmrexError, type IdentityFailure, type InboundMessage } from '@emrex-gateway/core'
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, exportJWK, importPKCS8 } from 'jose'
import { lyingIssuer } from './lying-op.js'
import { lyingScene, refusal, type LyingScene } from './lying-scene.js'
import { callbackUrl, clientId, logoutUrl, orderFor, withParameters } from './registration.js'

let scene: LyingScene
beforeAll(async () => {
  scene = await lyingScene()
})
afterAll(() => scene.keys.remove())
// The good twin of every row: the same login without the lie.
afterEach(async () => expect(await scene.attempt()).toMatchObject({ ok: true }))

const bad = (detail: string) => refusal('invalid-message', detail)
const change =
  (edit: (parameters: URLSearchParams) => void) =>
  (message: InboundMessage): InboundMessage =>
    withParameters(message, edit)
const tokenRequests = () => scene.op.asked.filter((address) => address.endsWith('/token')).length

/** A login that has begun, and its request as the issuer reads it. */
async function begun(settings: object = { pushedRequests: 'never' }, handle = 'handle-begun') {
  const provider = await scene.open(settings)
  const order = orderFor(handle)
  const { action, pending } = await provider.begin(order)
  return { provider, order, action, pending, request: new URL(action.url).searchParams }
}

describe('what comes back from a login', () => {
  it('OI-01: carries the state of this login, once, and no code is redeemed otherwise', async () => {
    const before = tokenRequests()
    for (const edit of [
      change((all) => all.delete('state')),
      change((all) => all.set('state', 'of-another-browser')),
      change((all) => all.append('state', 'second')),
    ])
      expect(await scene.attempt({}, { change: edit })).toMatchObject({ ok: false, reason: 'invalid-message' })
    expect(tokenRequests()).toBe(before)
    const { provider, order, pending, action } = await begun()
    const message = scene.op.authorize(action)
    expect(provider.correlate(message)).toBe(order.handle)
    expect(provider.correlate(withParameters(message, (all) => all.append('state', 'second')))).toBeUndefined()
    expect(await provider.complete(message, pending, order)).toMatchObject({ ok: true })
    expect(await provider.complete(message, pending, order)).toEqual(refusal('replayed', 'code-used'))
  })

  it('OI-03: the request binds the code to us with S256, and nothing weaker is ever asked', async () => {
    const { request, pending } = await begun()
    expect(request.get('code_challenge_method')).toBe('S256')
    expect(request.get('code_challenge')).toBe(createHash('sha256').update(pending['verifier']!).digest('base64url'))
    for (const methods of [['plain'], [], undefined]) {
      scene.op.lies = { discovery: (document) => ({ ...document, code_challenge_methods_supported: methods }) }
      const provider = await scene.open()
      expect(await provider.refresh!()).toEqual({
        available: false,
        findings: [`the discovery document of ${lyingIssuer} does not offer PKCE with S256`],
      })
      await expect(provider.begin(orderFor('h'))).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
      scene.op.lies = {}
      expect(await provider.refresh!()).toEqual({ available: true, findings: [] })
    }
    const { provider, order, action, pending: mine } = await begun()
    const message = scene.op.authorize(action)
    const { verifier: _verifier, ...without } = mine
    expect(await provider.complete(message, without, order)).toEqual(bad('nothing-pending'))
    expect(await provider.complete(message, { ...mine, verifier: 'x'.repeat(43) }, order)).toEqual(bad('code-refused'))
  })

  it('OI-06: names the issuer that was asked, to the letter, where it is announced or demanded', async () => {
    const before = tokenRequests()
    for (const iss of ['https://other.example', `${lyingIssuer}/`, ''])
      expect(await scene.attempt({ answer: (all) => all.set('iss', iss) })).toEqual(bad('iss-other'))
    expect(await scene.attempt({ answer: (all) => all.delete('iss') })).toEqual(bad('iss-missing'))
    const silent = (document: Record<string, unknown>) => ({
      ...document,
      authorization_response_iss_parameter_supported: undefined,
    })
    const without = { discovery: silent, answer: (all: URLSearchParams) => all.delete('iss') }
    expect(await scene.attempt(without, { settings: { needsIss: true } })).toEqual(bad('iss-missing'))
    expect(await scene.attempt({ ...without, answer: (all) => all.set('iss', 'https://other.example') })).toEqual(
      bad('iss-other'),
    )
    expect(tokenRequests()).toBe(before)
    expect(await scene.attempt(without)).toMatchObject({ ok: true })
  })

  it('OI-07: the code of one issuer never goes to another', async () => {
    const other = await lyingScene()
    const { action } = await begun()
    const message = scene.op.authorize(action)
    const provider = await other.open({ issuer: 'https://op.example' })
    const order = orderFor('handle-begun')
    const { pending } = await provider.begin(order)
    const posted = other.op.posted.length
    const moved = { ...pending, issuer: 'https://another.example' }
    expect(await provider.complete(message, moved, order)).toEqual(bad('issuer-changed'))
    const mixed = withParameters(message, (all) => all.set('iss', 'https://another.example'))
    expect(await provider.complete(mixed, pending, order)).toEqual(bad('iss-other'))
    expect(other.op.posted.length).toBe(posted)
    other.keys.remove()
  })

  it('OI-13: the code of somebody else is of no use with the state of this login', async () => {
    const victim = await begun(undefined, 'handle-victim')
    const attacker = await begun(undefined, 'handle-attacker')
    const code = new URL(scene.op.authorize(attacker.action).url).searchParams.get('code')!
    const injected = withParameters(scene.op.authorize(victim.action), (all) => all.set('code', code))
    expect(await victim.provider.complete(injected, victim.pending, victim.order)).toEqual(bad('code-refused'))
    // An issuer that forgets PKCE gives an ID token, and that has the nonce of the attacker.
    scene.op.lies = { careless: true }
    const second = await begun(undefined, 'handle-second')
    const own = scene.op.authorize(second.action)
    scene.op.authorize(attacker.action)
    const late = withParameters(own, (all) => all.set('code', 'unknown-to-the-issuer'))
    expect(await second.provider.complete(late, second.pending, second.order)).toEqual(bad('id-token-nonce'))
    scene.op.lies = {}
  })

  it('is good still when our own database was away as it came: the login is not told to have failed', async () => {
    const { provider, order, pending, action } = await begun()
    const message = scene.op.authorize(action)
    const { once } = scene.host
    scene.host.once = () => Promise.reject(new EmrexError('STORE_UNAVAILABLE'))
    await expect(provider.complete(message, pending, order)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    scene.host.once = once
    expect(await provider.complete(message, pending, order)).toMatchObject({ ok: true })
  })

  it('OI-14: a code is redeemed once, also by two browsers at a time', async () => {
    scene.op.lies = { careless: true }
    const { provider, order, pending, action } = await begun()
    const message = scene.op.authorize(action)
    const before = tokenRequests()
    const outcomes = await Promise.all([1, 2, 3].map(() => provider.complete(message, pending, order)))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([
      refusal('replayed', 'code-used'),
      refusal('replayed', 'code-used'),
    ])
    expect(tokenRequests()).toBe(before + 1)
    scene.op.lies = {}
  })

  it.each<[string, IdentityFailure, string]>([
    ['access_denied', 'cancelled', 'access-denied'],
    ['consent_required', 'consent-refused', 'consent-required'],
    ['unmet_authentication_requirements', 'loa-too-low', 'level-not-offered'],
    ['temporarily_unavailable', 'provider-unavailable', 'temporarily-unavailable'],
    ['server_error', 'provider-error', 'server-error'],
    ['login_required', 'provider-error', 'login-required'],
    ['invalid_scope', 'provider-error', 'scope-refused'],
    ['<script>alert("Ada Nordmann")</script>', 'provider-error', 'error-unknown'],
    ['constructor', 'provider-error', 'error-unknown'],
  ])('OI-15: the error %s is %s, and nothing of its text goes on', async (error, reason, detail) => {
    const failed = (all: URLSearchParams) => {
      all.delete('code')
      all.set('error', error)
      all.set('error_description', '<b>Ada Nordmann</b> 05068907693')
      all.set('error_uri', 'https://attacker.example')
    }
    expect(await scene.attempt({ answer: failed })).toEqual(refusal(reason, detail))
    const nobodys = (all: URLSearchParams) => {
      failed(all)
      all.delete('state')
    }
    expect(await scene.attempt({ answer: nobodys })).toEqual(bad('state-unknown'))
    expect(scene.host.lines.join()).not.toMatch(/Ada|Nordmann|05068907693|attacker/)
  })

  it('OI-16: the address to come back to is sent as it is, and no other is followed', async () => {
    const { request } = await begun()
    expect(request.get('redirect_uri')).toBe(callbackUrl)
    const outcome = await scene.attempt({
      answer: (all) => {
        all.set('next', 'https://attacker.example/')
        all.set('redirect_uri', 'https://attacker.example/')
      },
    })
    expect(outcome).toMatchObject({ ok: true })
    expect(scene.op.posted.at(-1)!.get('redirect_uri')).toBe(callbackUrl)
    expect(scene.op.asked.filter((address) => !address.startsWith(lyingIssuer))).toEqual([])
  })

  it('OI-18: an answer may come as a form, and then its address counts for nothing', async () => {
    const settings = { responseMode: 'form_post' }
    const { request } = await begun({ ...settings, pushedRequests: 'never' })
    expect(request.get('response_mode')).toBe('form_post')
    expect(await scene.attempt({ formPost: true }, { settings })).toMatchObject({ ok: true })
    const inAddress = (message: InboundMessage): InboundMessage => ({
      method: 'POST',
      url: `${message.url}?${new URLSearchParams([...message.form]).toString()}`,
      form: new Map(),
    })
    expect(await scene.attempt({ formPost: true }, { settings, change: inAddress })).toEqual(bad('state-unknown'))
  })

  it('OI-19: logging out comes back to the fixed address, and a token about logout changes nothing', async () => {
    const outcome = await scene.attempt()
    if (!outcome.ok) throw new Error(outcome.detail)
    const { logout } = await scene.open()
    expect(await logout!.begin(outcome.session!, logoutUrl)).toEqual({
      kind: 'post',
      url: `${lyingIssuer}/logout`,
      fields: {
        client_id: clientId,
        post_logout_redirect_uri: logoutUrl,
        id_token_hint: outcome.session!['idToken'],
      },
    })
    const before = scene.op.asked.length
    const form = new Map([['logout_token', outcome.session!['idToken']!]])
    expect(await logout!.receive({ method: 'POST', url: logoutUrl, form }, logoutUrl)).toEqual({})
    expect(scene.op.asked.length).toBe(before)
    expect(await scene.open({ logout: 'none' })).not.toHaveProperty('logout')
  })

  it('OI-19: logging out is offered to nobody where the issuer has no address for it', async () => {
    const discovery = (document: Record<string, unknown>) => ({ ...document, end_session_endpoint: undefined })
    const outcome = await scene.attempt({ discovery })
    expect([outcome.ok, 'session' in outcome]).toEqual([true, false])
    scene.op.lies = { discovery }
    const { logout } = await scene.open()
    scene.op.lies = {}
    await expect(logout!.begin({ idToken: 'x' }, logoutUrl)).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
  })

  it('OI-20: we prove ourselves to this issuer with a new statement each time, for a minute', async () => {
    scene.op.posted.length = 0
    await scene.attempt()
    await scene.attempt()
    const statements = scene.op.posted.map((form) => form.get('client_assertion')!)
    expect(statements).toHaveLength(4)
    expect(new Set(statements.map((one) => decodeJwt(one).jti)).size).toBe(4)
    const registered = JSON.parse((await (await scene.open()).metadata!({ callbackUrl, logoutUrl })).body)
    const [key] = registered.jwks.keys
    for (const statement of statements) {
      // It is dated by the clock of the machine, and the clock of the scene stands still.
      const options = { currentDate: new Date(scene.clock.now), clockTolerance: 30 }
      const { payload } = await jwtVerify(statement, await importJWK(key), options)
      expect(payload).toMatchObject({ iss: clientId, sub: clientId, aud: lyingIssuer })
      expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(60)
      expect(Math.abs(payload.iat! - scene.clock.now / 1000)).toBeLessThan(30)
      expect(decodeProtectedHeader(statement)).toEqual({ alg: 'ES256', kid: key.kid })
    }
    const { d } = await exportJWK(await importPKCS8(scene.keys.signer.privateKey, 'ES256', { extractable: true }))
    const everything = [
      ...scene.host.lines,
      JSON.stringify(registered),
      JSON.stringify([...scene.op.posted.map(String)]),
    ]
    expect(everything.join()).not.toContain(d!)
  })
})
