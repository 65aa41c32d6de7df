import { SignedMessage, startUsos, type UsosServer } from '@emrex-gateway/testing'
import fc from 'fast-check'
import { authorizationOf, type Credential, type Signer } from '../src/oauth/sign-request.js'

/**
 * Our signer against the verifier of the stand-in. The two share no line: each is held to the published examples beside it
 * (`sign-request.spec.ts` here, `oauth1-verifier.spec.ts` there), so that they cannot both be wrong in one way.
 */
describe('a request that we signed', () => {
  const consumer = { key: 'key &=', secret: 'secret %+&' }
  const token = { key: 'token|', secret: 'töken secret' }
  const url = 'https://usos.example:8443/a%20b/services/courses/courses'
  const text = fc.string({ unit: fc.constantFrom(...'ab|[]>+& %=~*!\'()/?#"\\,é☃𝔸\n') })

  it('is taken with any fields, and by nobody after a change', () => {
    fc.assert(
      fc.property(fc.dictionary(text, text, { noNullPrototype: true }), text, (parameters, nonce) => {
        const given = Object.fromEntries(Object.entries(parameters).filter(([name]) => !name.startsWith('oauth_')))
        const header = authorizationOf(
          { method: 'POST', url, parameters: given },
          { consumer, token, nonce, timestamp: 1_700_000_000 },
        )
        const form = new URLSearchParams(given).toString()
        const message = (more: object = {}) =>
          new SignedMessage({ method: 'POST', url, authorization: header, form, ...more })
        expect(message().isSignedBy(consumer.secret, token.secret)).toBe(true)
        expect(message().get('oauth_nonce')).toBe(nonce)
        expect(message().isSignedBy(consumer.secret, '')).toBe(false)
        expect(message({ form: `${form}&more=1` }).isSignedBy(consumer.secret, token.secret)).toBe(false)
        expect(message({ method: 'GET' }).isSignedBy(consumer.secret, token.secret)).toBe(false)
      }),
      { numRuns: process.env['EMREX_LONG_TESTS'] === undefined ? 300 : 10_000 },
    )
  })
})

describe('startUsos', () => {
  let usos: UsosServer
  beforeAll(async () => {
    usos = await startUsos()
  })
  afterAll(() => usos.close())

  const seconds = () => Math.floor(Date.now() / 1000)
  const consumer = (): Credential => ({ key: usos.consumerKey, secret: usos.consumerSecret })
  let nonces = 0
  /** One request, signed as told. */
  async function ask(method: string, parameters: Record<string, string>, signer: Partial<Signer> | 'unsigned' = {}) {
    const url = `${usos.baseUrl}${method}`
    const authorization =
      signer === 'unsigned'
        ? undefined
        : authorizationOf(
            { method: 'POST', url, parameters },
            { consumer: consumer(), nonce: `nonce-${nonces++}`, timestamp: seconds(), ...signer },
          )
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization && { authorization }) },
      body: new URLSearchParams(parameters).toString(),
    })
    const body = await response.text()
    return { status: response.status, body, reason: /"reason":"(\w+)"/.exec(body)?.[1] }
  }
  const credential = (body: string): Credential => {
    const form = new URLSearchParams(body)
    return { key: form.get('oauth_token')!, secret: form.get('oauth_token_secret')! }
  }
  async function requestToken(scopes: string): Promise<Credential> {
    const more = { oauth_callback: 'https://gateway.example/back' }
    return credential((await ask('services/oauth/request_token', { scopes }, { more })).body)
  }
  /** Says yes as the first student on the page. */
  async function verifierFor(request: Credential): Promise<string> {
    const address = `${usos.baseUrl}services/oauth/authorize`
    const page = await (await fetch(`${address}?oauth_token=${request.key}`)).text()
    const student = /name="student" value="(\d+)"/.exec(page)![1]!
    const body = new URLSearchParams({ oauth_token: request.key, student })
    const { headers } = await fetch(address, { method: 'POST', body, redirect: 'manual' })
    return new URL(headers.get('location')!).searchParams.get('oauth_verifier')!
  }
  async function accessToken(scopes: string): Promise<Credential> {
    const request = await requestToken(scopes)
    const more = { oauth_verifier: await verifierFor(request) }
    return credential((await ask('services/oauth/access_token', {}, { token: request, more })).body)
  }

  it('refuses another key, another secret, no signature, and a token of nobody', async () => {
    const method = 'services/apisrv/consumer'
    expect((await ask(method, {})).status).toBe(200)
    const refused = async (signer: Partial<Signer> | 'unsigned') => {
      const { status, reason } = await ask(method, {}, signer)
      return `${status} ${reason}`
    }
    expect(await refused({ consumer: { ...consumer(), key: 'x' } })).toBe('401 consumer_key_unknown')
    expect(await refused({ consumer: { ...consumer(), secret: 'x' } })).toBe('401 signature_invalid')
    expect(await refused({ token: { key: 'x', secret: 'y' } })).toBe('401 token_rejected')
    expect(await refused('unsigned')).toBe('401 consumer_missing')
  })

  it('takes a nonce once, and a timestamp only while it is fresh', async () => {
    const method = 'services/apisrv/consumer'
    const again = { nonce: 'the-same', timestamp: seconds() }
    expect((await ask(method, {}, again)).status).toBe(200)
    expect(await ask(method, {}, again)).toMatchObject({ status: 401, reason: 'nonce_used' })
    for (const timestamp of [seconds() - 1000, seconds() + 1000])
      expect(await ask(method, {}, { timestamp })).toMatchObject({ status: 401, reason: 'timestamp_refused' })
  })

  it('exchanges a request token once, and only with its verifier and its secret', async () => {
    const exchange = (token: Credential, oauth_verifier: string) =>
      ask('services/oauth/access_token', {}, { token, more: { oauth_verifier } })
    const request = await requestToken('studies')
    const verifier = await verifierFor(request)
    expect(await exchange({ ...request, secret: 'x' }, verifier)).toMatchObject({ status: 401 })
    expect(await exchange(request, verifier)).toMatchObject({ status: 200 })
    expect(await exchange(request, verifier)).toMatchObject({ status: 401 })
    const other = await requestToken('studies')
    expect(await exchange(other, 'guessed')).toMatchObject({ status: 401, reason: 'verifier_invalid' })
    // A wrong guess costs the token.
    expect((await fetch(`${usos.baseUrl}services/oauth/authorize?oauth_token=${other.key}`)).status).toBe(400)
  })

  it('opens each method to its scope alone, and personal data to theirs', async () => {
    const studies = await accessToken('studies')
    expect((await ask('services/courses/user_ects_points', {}, { token: studies })).status).toBe(200)
    const grades = await ask('services/grades/terms2', { term_ids: '2023Z' }, { token: studies })
    expect(grades).toMatchObject({ status: 403, reason: 'scope_missing' })
    const fields = { fields: 'last_name|birth_date' }
    expect((await ask('services/users/user', fields, { token: studies })).body).toContain('"birth_date":null')
    const personal = await accessToken('studies|personal')
    expect((await ask('services/users/user', fields, { token: personal })).body).toMatch(/"birth_date":"\d/)
  })

  it('gives the fields that were asked for and no others, and refuses one that it does not know', async () => {
    const token = await accessToken('studies|grades')
    const asked = async (fields: string) => ask('services/progs/student', { fields, active_only: 'false' }, { token })
    expect(JSON.parse((await asked('status|programme[id]')).body)).toEqual([
      { status: 'active', programme: { id: 'DZ-INF' } },
    ])
    for (const fields of ['nothing', 'programme[nothing]', 'status[', 'status]', 'id||status', ''])
      expect([fields, await asked(fields)]).toEqual([fields, expect.objectContaining({ status: 400 })])
    const deep = await ask('services/grades/terms2', { term_ids: '2023Z', fields: 'value_symbol' }, { token })
    expect(deep.body).toContain('{"1":{"value_symbol":"5,5"},"2":null}')
  })

  it('ends a token that is given back', async () => {
    const token = await accessToken('studies')
    expect((await ask('services/oauth/revoke_token', {}, { token })).status).toBe(200)
    expect((await ask('services/courses/user_ects_points', {}, { token })).status).toBe(401)
  })

  it('describes itself', async () => {
    const index = JSON.parse((await ask('services/apiref/method_index', {}, 'unsigned')).body) as { name: string }[]
    expect(index.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['services/grades/terms2', 'services/apiref/method_index']),
    )
    const method = (name: string) => ask('services/apiref/method', { name }, 'unsigned')
    expect((await method('services/grades/terms2')).body).toContain('"scopes":["grades"]')
    expect(await method('services/nothing')).toMatchObject({ status: 400, reason: 'method' })
    expect((await ask('services/apiref/scopes', {}, 'unsigned')).body).toContain('personal')
  })
})
