import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { makeThrowawayAuthority, type ThrowawayAuthority } from '../../../throwaway-authority.js'
import type { SisReply, SisRequest, SisServerOptions } from '../start-sis-server.js'

/** What a client of this system must be given. */
export type RestCredential =
  | { readonly kind: 'certificate'; readonly privateKey: string; readonly certificate: string }
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'client-credentials'
      /** Behind the origin of the system. */
      readonly tokenPath: string
      readonly clientId: string
      readonly clientSecret: string
    }
  | { readonly kind: 'hmac'; readonly keyId: string; readonly secret: string }

/** How this system knows its clients, and the checks that it makes for that. */
export interface RestAccess {
  readonly credential: RestCredential
  readonly tls?: SisServerOptions['tls']
  /** With TLS: who vouches for the system, and issues certificates. */
  readonly authority?: ThrowawayAuthority
  /** Answers a request that is about access alone, such as one for a token. */
  answer(request: SisRequest): SisReply | undefined
  admits(request: SisRequest): boolean
  /** Every token that was given ends now. */
  expireTokens(): void
}

const withoutTokens = { answer: () => undefined, expireTokens: () => {} }
const same = (one: string, other: string): boolean => {
  const [ours, theirs] = [Buffer.from(one), Buffer.from(other)]
  return ours.length === theirs.length && timingSafeEqual(ours, theirs)
}

export async function makeRestAccess(kind: RestCredential['kind']): Promise<RestAccess> {
  switch (kind) {
    case 'certificate': {
      const authority = await makeThrowawayAuthority()
      const server = await authority.issue('CN=stand-in', { addresses: ['127.0.0.1'] })
      const credential = { kind, ...(await authority.issue('CN=gateway')) }
      // Who shows no certificate of ours does not come through the handshake.
      const tls = { ...server, clientAuthorities: [authority.certificate] }
      return { credential, tls, authority, admits: ({ client }) => client !== undefined, ...withoutTokens }
    }
    case 'token': {
      const token = randomBytes(24).toString('base64url')
      return { credential: { kind, token }, admits: bears((given) => same(given, token)), ...withoutTokens }
    }
    case 'client-credentials':
      return clientCredentials()
    case 'hmac': {
      const secret = randomBytes(32)
      const keyId = 'gateway-1'
      return {
        credential: { kind, keyId, secret: secret.toString('base64') },
        admits: (request) => isSigned(request, keyId, secret),
        ...withoutTokens,
      }
    }
  }
}

const bears =
  (isGood: (token: string) => boolean) =>
  ({ headers }: SisRequest): boolean =>
    isGood(/^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '')

/** Spec: RFC 6749 §4.4, with the client's secret by HTTP Basic (§2.3.1). */
function clientCredentials(): RestAccess {
  const [clientId, clientSecret] = ['gateway', randomBytes(24).toString('base64url')]
  const tokens = new Set<string>()
  const json = { 'content-type': 'application/json' }
  return {
    credential: { kind: 'client-credentials', tokenPath: '/token', clientId, clientSecret },
    answer: ({ path, method, headers, body }) => {
      if (path !== '/token') return undefined
      const expected = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
      const isGrant = new URLSearchParams(body.toString()).get('grant_type') === 'client_credentials'
      if (method !== 'POST' || !isGrant || !same(headers.authorization ?? '', expected))
        return { status: 401, headers: json, body: '{"error":"invalid_client"}' }
      const token = randomBytes(24).toString('base64url')
      tokens.add(token)
      const answer = { access_token: token, token_type: 'Bearer', expires_in: 300 }
      return { headers: json, body: JSON.stringify(answer) }
    },
    admits: bears((token) => tokens.has(token)),
    expireTokens: () => tokens.clear(),
  }
}

const driftMs = 300_000

/** Written from the text about signed requests, as a vendor would. */
function isSigned({ method, target, headers, body }: SisRequest, keyId: string, secret: Uint8Array): boolean {
  const given = /^EMREX-HMAC-SHA256 keyId="([^"]*)", signature="([^"]*)"$/.exec(headers.authorization ?? '')
  const date = headers['emrex-date']
  if (given === null || given[1] !== keyId || typeof date !== 'string') return false
  if (!(Math.abs(Date.parse(date) - Date.now()) < driftMs)) return false
  const digest = createHash('sha256').update(body).digest('hex')
  const text = ['EMREX-HMAC-SHA256', method, target, date, digest].join('\n')
  return same(given[2]!, createHmac('sha256', secret).update(text).digest('base64'))
}
