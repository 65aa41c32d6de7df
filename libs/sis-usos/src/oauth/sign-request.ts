import { createHmac } from 'node:crypto'

/** A key and its secret: those of the gateway, or those of a student's leave. */
export interface Credential {
  readonly key: string
  readonly secret: string
}

/** What is to be signed. `parameters` are the fields of the form; the address has none. */
export interface UnsignedRequest {
  readonly method: 'GET' | 'POST'
  /** Without a query. */
  readonly url: string
  readonly parameters: Readonly<Record<string, string>>
}

export interface Signer {
  readonly consumer: Credential
  readonly token?: Credential | undefined
  readonly nonce: string
  /** Seconds since 1970, by the clock of the other side. */
  readonly timestamp: number
  /** Further protocol parameters: `oauth_callback`, `oauth_verifier`. */
  readonly more?: Readonly<Record<string, string>>
}

/**
 * A text in which only letters, digits and `-._~` stand for themselves. `encodeURIComponent` leaves five more.
 *
 * Spec: RFC 5849 §3.6.
 */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)

/** The text that is signed. Spec: RFC 5849 §3.4.1. */
export function signatureBaseString(
  { method, url }: Pick<UnsignedRequest, 'method' | 'url'>,
  parameters: readonly (readonly [name: string, value: string])[],
): string {
  const { origin, pathname } = new URL(url)
  const normalised = parameters
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .map((pair) => [pair.split('=', 1)[0]!, pair] as const)
    .sort(([nameA, a], [nameB, b]) => (nameA === nameB ? Number(a > b) - Number(a < b) : nameA < nameB ? -1 : 1))
    .map(([, pair]) => pair)
    .join('&')
  return `${method}&${percentEncode(origin + pathname)}&${percentEncode(normalised)}`
}

/** Spec: RFC 5849 §3.4.2. */
export const hmacSha1 = (baseString: string, consumerSecret: string, tokenSecret = ''): string =>
  createHmac('sha1', `${percentEncode(consumerSecret)}&${percentEncode(tokenSecret)}`)
    .update(baseString)
    .digest('base64')

/** The `Authorization` header of a request. Spec: RFC 5849 §3.1, §3.5.1. */
export function authorizationOf(request: UnsignedRequest, { consumer, token, nonce, timestamp, more }: Signer): string {
  const protocol: Record<string, string> = {
    oauth_consumer_key: consumer.key,
    oauth_nonce: nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(timestamp),
    oauth_version: '1.0',
    ...(token === undefined ? {} : { oauth_token: token.key }),
    ...more,
  }
  const all = [...Object.entries(protocol), ...Object.entries(request.parameters)]
  const signature = hmacSha1(signatureBaseString(request, all), consumer.secret, token?.secret)
  return `OAuth ${Object.entries({ ...protocol, oauth_signature: signature })
    .map(([name, value]) => `${name}="${percentEncode(value)}"`)
    .join(', ')}`
}
