import { createHash, randomBytes } from 'node:crypto'
import type { BrowserAction, InboundMessage } from '@emrex-gateway/core'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { clientId } from './registration.js'

export const lyingIssuer = 'https://op.example'

export interface IdTokenDraft {
  header: Record<string, unknown> & { alg: string }
  claims: Record<string, unknown>
  key: CryptoKey | Uint8Array
}

/** Where the issuer leaves the truth. Each changes one thing; without any it is an honest issuer. */
export interface Lies {
  readonly discovery?: (document: Record<string, unknown>) => unknown
  /** What comes back in the address. */
  readonly answer?: (parameters: URLSearchParams) => void
  readonly formPost?: boolean
  readonly idToken?: (draft: IdTokenDraft) => IdTokenDraft | undefined | Promise<IdTokenDraft | undefined>
  /** Changes the text of the ID token after it was signed. */
  readonly written?: (idToken: string) => string
  readonly tokens?: (body: Record<string, unknown>) => unknown
  readonly userinfo?: (claims: Record<string, unknown>) => unknown
  readonly keys?: (keys: JWK[]) => unknown
  /** Takes any code, and any verifier, as often as it is sent. */
  readonly careless?: true
}

interface Grant {
  readonly nonce: string
  readonly challenge: string
  readonly redirectUri: string
}

/** An issuer behind `fetch`, with everything that was asked of it. */
export interface LyingOp {
  readonly fetch: typeof fetch
  /** Addresses, in order, without queries. */
  readonly asked: readonly string[]
  /** Forms that were posted to it, in order. */
  readonly posted: URLSearchParams[]
  readonly keys: { readonly private: CryptoKey; readonly public: JWK }
  lies: Lies
  /** The person logs in: what the browser brings back. */
  authorize(action: BrowserAction): InboundMessage
  /** Signs with another key from now on. */
  rotate(): Promise<void>
}

const json = (body: unknown, status = 200) =>
  body instanceof Response
    ? body
    : new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

const nowSeconds = (now: () => Date) => Math.floor(now().getTime() / 1000)

export async function lyingOp(now: () => Date = () => new Date()): Promise<LyingOp> {
  let keys = await newKeys('key-1')
  const asked: string[] = []
  const posted: URLSearchParams[] = []
  const grants = new Map<string, Grant>()
  const pushed = new Map<string, URLSearchParams>()

  const op: LyingOp = {
    asked,
    posted,
    lies: {},
    get keys() {
      return keys
    },
    async rotate() {
      keys = await newKeys(`key-${randomBytes(4).toString('hex')}`)
    },
    authorize(action) {
      const query = new URL(action.url).searchParams
      const request = pushed.get(query.get('request_uri') ?? '') ?? query
      const code = randomBytes(16).toString('hex')
      const redirectUri = request.get('redirect_uri')!
      grants.set(code, {
        nonce: request.get('nonce')!,
        challenge: request.get('code_challenge')!,
        redirectUri,
      })
      const answer = new URLSearchParams({ code, state: request.get('state')!, iss: lyingIssuer })
      op.lies.answer?.(answer)
      return op.lies.formPost
        ? { method: 'POST', url: redirectUri, form: new Map(answer) }
        : { method: 'GET', url: `${redirectUri}?${answer.toString()}`, form: new Map() }
    },
    fetch: (async (input: unknown, init: RequestInit = {}) => {
      const url = new URL(String(input))
      asked.push(`${url.origin}${url.pathname}`)
      const form = new URLSearchParams((init.body ?? '') as string | URLSearchParams)
      if (init.method === 'POST') posted.push(form)
      switch (url.pathname) {
        case '/.well-known/openid-configuration':
          return json(op.lies.discovery?.(discovery()) ?? discovery())
        case '/jwks':
          return json(op.lies.keys?.([keys.public]) ?? { keys: [keys.public] })
        case '/par': {
          const requestUri = `urn:ietf:params:oauth:request_uri:${randomBytes(8).toString('hex')}`
          pushed.set(requestUri, form)
          return json({ request_uri: requestUri, expires_in: 60 }, 201)
        }
        case '/token':
          return token(form)
        case '/userinfo': {
          const claims = { sub: 'sub-ada', ...person }
          return json(op.lies.userinfo?.(claims) ?? claims)
        }
        default:
          return new Response('not found', { status: 404 })
      }
    }) as typeof fetch,
  }

  async function token(form: URLSearchParams): Promise<Response> {
    const grant = grants.get(form.get('code') ?? '') ?? (op.lies.careless ? [...grants.values()].at(-1) : undefined)
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    if (grant === undefined) return json({ error: 'invalid_grant', error_description: 'Ada Nordmann <b>no</b>' }, 400)
    if (!op.lies.careless) {
      grants.delete(form.get('code')!)
      if (challenge !== grant.challenge || form.get('redirect_uri') !== grant.redirectUri)
        return json({ error: 'invalid_grant' }, 400)
    }
    const accessToken = randomBytes(16).toString('hex')
    const at = nowSeconds(now)
    const honest: IdTokenDraft = {
      header: { alg: 'ES256', kid: keys.public.kid! },
      claims: {
        iss: lyingIssuer,
        sub: 'sub-ada',
        aud: clientId,
        exp: at + 300,
        iat: at,
        auth_time: at,
        nonce: grant.nonce,
        acr: 'level-substantial',
        at_hash: createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url'),
      },
      key: keys.private,
    }
    const draft = op.lies.idToken ? await op.lies.idToken(honest) : honest
    const idToken = draft && (await sign(draft))
    const body = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 300,
      ...(idToken !== undefined && { id_token: op.lies.written?.(idToken) ?? idToken }),
    }
    return json(op.lies.tokens?.(body) ?? body)
  }

  return op
}

export const person = {
  given_name: 'Ada Marie',
  family_name: 'Nordmann-Prøve',
  birthdate: '1989-06-05',
  pid: '05068907693',
}

async function newKeys(kid: string): Promise<{ private: CryptoKey; public: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { private: privateKey, public: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } }
}

/** Signs whatever is drafted, also what no honest library would. */
export async function sign({ header, claims, key }: IdTokenDraft): Promise<string> {
  if (header.alg === 'none')
    return `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
  const draft = new SignJWT(claims).setProtectedHeader(header)
  return draft.sign(key, { crit: { 'https://op.example/unknown': false } })
}

const discovery = (): Record<string, unknown> => ({
  issuer: lyingIssuer,
  authorization_endpoint: `${lyingIssuer}/auth`,
  token_endpoint: `${lyingIssuer}/token`,
  jwks_uri: `${lyingIssuer}/jwks`,
  userinfo_endpoint: `${lyingIssuer}/userinfo`,
  pushed_authorization_request_endpoint: `${lyingIssuer}/par`,
  end_session_endpoint: `${lyingIssuer}/logout`,
  response_types_supported: ['code'],
  code_challenge_methods_supported: ['S256'],
  id_token_signing_alg_values_supported: ['ES256', 'RS256', 'HS256', 'none'],
  authorization_response_iss_parameter_supported: true,
})
