import { createSign, generateKeyPairSync } from 'node:crypto'
import { generateKeyPair, exportJWK, type JWK } from 'jose'
import type { IdTokenDraft, Lies } from './lying-op.js'
import { lyingIssuer, person, sign } from './lying-op.js'
import { lyingScene, refusal, type LyingScene } from './lying-scene.js'
import { clientId } from './registration.js'

let scene: LyingScene
beforeAll(async () => {
  scene = await lyingScene()
})
afterAll(() => scene.keys.remove())
// The good twin of every row: the same login without the lie.
afterEach(async () => expect(await scene.attempt()).toMatchObject({ ok: true }))

const claims = (change: Record<string, unknown>): Lies => ({
  idToken: (draft) => ({ ...draft, claims: { ...draft.claims, ...change } }),
})
const header = (change: Record<string, unknown>): Lies => ({
  idToken: (draft) => ({ ...draft, header: { ...draft.header, ...change } }),
})
const bad = (detail: string) => refusal('invalid-message', detail)
const seconds = () => Math.floor(scene.clock.now / 1000)

describe('what an ID token must be', () => {
  it('OI-02: has the nonce of this login', async () => {
    expect(await scene.attempt(claims({ nonce: undefined }))).toEqual(bad('id-token-invalid'))
    expect(await scene.attempt(claims({ nonce: 'of-another-login' }))).toEqual(bad('id-token-nonce'))
    let earlier = ''
    await scene.attempt({ written: (idToken) => (earlier = idToken) })
    expect(await scene.attempt({ written: () => earlier })).toEqual(bad('id-token-nonce'))
  })

  it('OI-04: has a signature of an algorithm that the profile allows', async () => {
    const secret = Buffer.from(JSON.stringify(scene.op.keys.public))
    const rsa = await generateKeyPair('PS256')
    const rsaKey: JWK = { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', use: 'sig' }
    const zero = (idToken: string) => `${idToken.slice(0, idToken.lastIndexOf('.') + 1)}${'A'.repeat(86)}`
    expect(await scene.attempt(header({ alg: 'none' }))).toEqual(bad('id-token-algorithm'))
    expect(
      await scene.attempt({ idToken: (draft) => ({ ...draft, header: { alg: 'HS256', kid: 'key-1' }, key: secret }) }),
    ).toEqual(bad('id-token-algorithm'))
    const swapped: Lies = {
      idToken: (draft) => ({ ...draft, header: { alg: 'PS256', kid: 'rsa' }, key: rsa.privateKey }),
      keys: () => ({ keys: [rsaKey] }),
    }
    expect(await scene.attempt(swapped, { settings: { idTokenAlgorithms: ['RS256'] } })).toEqual(
      bad('id-token-algorithm'),
    )
    expect(await scene.attempt({ written: zero })).toEqual(bad('id-token-signature'))
    const critical = { crit: ['https://op.example/unknown'], 'https://op.example/unknown': true }
    expect(await scene.attempt(header(critical))).toEqual(bad('id-token-unsupported'))
  })

  it('OI-05: is signed by a key that the issuer publishes, found without a detour', async () => {
    const foreign = await generateKeyPair('ES256', { extractable: true })
    const foreignKey = await exportJWK(foreign.publicKey)
    const signedBy = (draft: IdTokenDraft, more: Record<string, unknown>) => ({
      ...draft,
      key: foreign.privateKey,
      header: { ...draft.header, ...more },
    })
    expect(await scene.attempt({ idToken: (draft) => signedBy(draft, {}) })).toEqual(bad('id-token-signature'))
    for (const kid of ['unknown', '../../jwks', "' OR 1=1 --"])
      expect(await scene.attempt({ idToken: (draft) => signedBy(draft, { kid }) })).toEqual(bad('id-token-key'))
    for (const detour of [
      { jku: 'https://attacker.example/jwks' },
      { x5u: 'https://attacker.example/chain' },
      { jwk: foreignKey },
    ])
      expect(await scene.attempt({ idToken: (draft) => signedBy(draft, detour) })).toEqual(bad('id-token-signature'))
    const twice = (keys: JWK[]) => ({
      keys: [...keys, { ...foreignKey, ...keys[0], x: foreignKey.x, y: foreignKey.y }],
    })
    expect(await scene.attempt({ keys: twice })).toEqual(bad('id-token-key'))
    expect(scene.op.asked.filter((address) => !address.startsWith(lyingIssuer))).toEqual([])
  })

  it('OI-06: names the issuer to the letter', async () => {
    for (const iss of ['https://other.example', `${lyingIssuer}/`, lyingIssuer.toUpperCase()])
      expect(await scene.attempt(claims({ iss }))).toEqual(bad('id-token-iss'))
  })

  it('OI-08: is for us, and for nobody beside us without saying who may use it', async () => {
    expect(await scene.attempt(claims({ aud: 'another' }))).toEqual(bad('id-token-aud'))
    expect(await scene.attempt(claims({ aud: [clientId, 'another'] }))).toEqual(bad('id-token-aud'))
    expect(await scene.attempt(claims({ aud: [clientId, 'another'], azp: 'another' }))).toEqual(bad('id-token-azp'))
    expect(await scene.attempt(claims({ azp: 'another' }))).toEqual(bad('id-token-azp'))
    expect(await scene.attempt(claims({ aud: [clientId, 'another'], azp: clientId }))).toMatchObject({ ok: true })
  })

  it('OI-09: is of this hour, and so is the login', async () => {
    const now = seconds()
    expect(await scene.attempt(claims({ exp: now - 600 }))).toEqual(refusal('expired', 'id-token-expired'))
    expect(await scene.attempt(claims({ nbf: now + 600 }))).toEqual(bad('id-token-not-yet'))
    expect(await scene.attempt(claims({ iat: now + 600 }))).toEqual(bad('id-token-iat'))
    expect(await scene.attempt(claims({ auth_time: now + 600 }))).toEqual(bad('id-token-auth-time'))
    expect(await scene.attempt(claims({ auth_time: now - 600 }))).toEqual(refusal('expired', 'id-token-auth-time'))
    expect(await scene.attempt(claims({ auth_time: undefined }))).toEqual(bad('id-token-auth-time-missing'))
    const standing = { order: { freshLogin: false } }
    expect(await scene.attempt(claims({ auth_time: now - 600 }), standing)).toMatchObject({
      ok: true,
      identity: { authenticatedAt: new Date((now - 600) * 1000).toISOString() },
    })
    expect(await scene.attempt(claims({ auth_time: undefined }), standing)).toMatchObject({ ok: true })
  })

  it('OI-10: says a level that is known here and strong enough', async () => {
    const order = { minimumLoa: 'substantial' } as const
    const weak = (detail: string) => refusal('loa-too-low', detail)
    expect(await scene.attempt(claims({ acr: undefined }), { order })).toEqual(weak('level-missing'))
    expect(await scene.attempt(claims({ acr: 'level-low' }), { order })).toEqual(weak('level-too-low'))
    for (const acr of ['idporten-loa-high', 'LEVEL-SUBSTANTIAL', 'level-substantial level-high'])
      expect(await scene.attempt(claims({ acr }), { order })).toEqual(weak('level-unknown'))
    expect(await scene.attempt(claims({ acr: ['level-substantial'] }), { order })).toEqual(weak('level-missing'))
    const raised: Lies = { ...claims({ acr: undefined }), userinfo: (all) => ({ ...all, acr: 'level-substantial' }) }
    expect(await scene.attempt(raised, { order })).toEqual(weak('level-missing'))
    expect(await scene.attempt({}, { order })).toMatchObject({ ok: true, identity: { loa: 'substantial' } })
  })

  it('OI-12: was made for this login, by this issuer, with this access token', async () => {
    const substituted = (change: Record<string, unknown>): Lies => ({
      idToken: (draft) => ({ ...draft, claims: { ...draft.claims, ...change } }),
    })
    expect(await scene.attempt(substituted({ aud: 'another-client' }))).toEqual(bad('id-token-aud'))
    expect(await scene.attempt(substituted({ iss: 'https://issuer.example' }))).toEqual(bad('id-token-iss'))
    expect(await scene.attempt(substituted({ sub: 'sub-eve', nonce: undefined }))).toEqual(bad('id-token-invalid'))
    expect(await scene.attempt(substituted({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }))).toEqual(bad('id-token-at-hash'))
    expect(await scene.attempt({ tokens: (body) => ({ ...body, access_token: 'of-somebody-else' }) })).toEqual(
      bad('id-token-at-hash'),
    )
    expect(await scene.attempt({ idToken: () => undefined })).toEqual(bad('id-token-invalid'))
    expect(await scene.attempt({ written: () => 'no.token' })).toEqual(bad('id-token-invalid'))
  })
})

describe('what userinfo must be', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwt = (body: string) => new Response(body, { headers: { 'content-type': 'application/jwt' } })

  it('OI-11: speaks of the same person, in a form that we understand', async () => {
    expect(await scene.attempt({ userinfo: (all) => ({ ...all, sub: 'sub-eve' }) })).toEqual(bad('userinfo-sub'))
    expect(await scene.attempt({ userinfo: () => ({ ...person }) })).toEqual(bad('userinfo-invalid'))
    const answers: [Response, string][] = [
      [new Response('', { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }), 'refused'],
      [new Response('', { status: 401 }), 'not-understood'],
      [new Response('oh', { status: 500 }), 'not-understood'],
      [new Response('<h1>Ada Nordmann</h1>', { headers: { 'content-type': 'text/html' } }), 'not-understood'],
      [new Response('{', { headers: { 'content-type': 'application/json' } }), 'not-understood'],
      [new Response('', { status: 302, headers: { location: 'https://attacker.example/' } }), 'not-understood'],
    ]
    for (const [answer, detail] of answers)
      expect(await scene.attempt({ userinfo: () => answer })).toEqual(refusal('provider-error', `userinfo-${detail}`))
  })

  it.each([429, 502, 503, 504])('is not there, like tokens and keys, while the issuer is down: %i', async (status) => {
    const down = () => new Response('<h1>Please try again</h1>', { status, headers: { 'content-type': 'text/html' } })
    const away = (what: string) => refusal('provider-unavailable', `${what}-unreachable`)
    expect(await scene.attempt({ userinfo: down })).toEqual(away('userinfo'))
    expect(await scene.attempt({ tokens: down })).toEqual(away('token'))
    expect(await scene.attempt({ keys: down })).toEqual(away('token'))
  })

  it('OI-11: signed, has a signature of the issuer', async () => {
    const settings = { userinfo: 'jwt' }
    const signed = async (key = scene.op.keys.private, sub = 'sub-ada') =>
      sign({ header: { alg: 'ES256', kid: scene.op.keys.public.kid! }, claims: { ...person, sub }, key })
    const [good, eve, foreign] = [
      await signed(),
      await signed(undefined, 'sub-eve'),
      await signed((await generateKeyPair('ES256')).privateKey),
    ]
    expect(await scene.attempt({ userinfo: () => jwt(good) }, { settings })).toMatchObject({ ok: true })
    expect(await scene.attempt({ userinfo: () => jwt(eve) }, { settings })).toEqual(bad('userinfo-sub'))
    expect(await scene.attempt({ userinfo: () => jwt(foreign) }, { settings })).toEqual(bad('userinfo-signature'))
    const body = [
      { alg: 'RS256', kid: scene.op.keys.public.kid },
      { ...person, sub: 'sub-ada' },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.')
    const unasked = `${body}.${createSign('sha256').update(body).sign(rsa.privateKey, 'base64url')}`
    expect(await scene.attempt({ userinfo: () => jwt(unasked) }, { settings })).toEqual(bad('userinfo-key'))
    expect(await scene.attempt({}, { settings })).toEqual(refusal('provider-error', 'userinfo-unsigned'))
  })
})
