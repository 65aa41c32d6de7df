import { createHmac, timingSafeEqual } from 'node:crypto'

/** A request as it came: nothing of it decoded yet. */
export interface SignedRequest {
  readonly method: string
  /** Absolute, as the client addressed it. */
  readonly url: string
  readonly authorization?: string | undefined
  /** The body as it came, where it is an urlencoded form. */
  readonly form?: string | undefined
}

type Pair = readonly [name: string, value: string]

/**
 * What a request says and how it must be signed. Written from the specification alone and for this side alone: it starts
 * from the bytes that arrived, where a client starts from its parameters.
 *
 * Spec: RFC 5849 §3.4.
 */
export class SignedMessage {
  /** All parameters but the realm; those of the header begin with `oauth_`. */
  readonly parameters: readonly Pair[]

  constructor(private readonly request: SignedRequest) {
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?') + 1) : ''
    this.parameters = [
      ...pairsOf(query),
      ...pairsOf(request.form ?? ''),
      ...headerPairs(request.authorization ?? '').filter(([name]) => name !== 'realm'),
    ]
  }

  get(name: string): string | undefined {
    return this.parameters.find(([each]) => each === name)?.[1]
  }

  /** A protocol parameter must not be there twice. Spec: RFC 5849 §3.1. */
  get isAmbiguous(): boolean {
    const names = this.parameters.map(([name]) => name).filter((name) => name.startsWith('oauth_'))
    return new Set(names).size < names.length
  }

  get baseString(): string {
    const { method, url } = this.request
    const { protocol, hostname, port, pathname } = new URL(url)
    // `URL` has dropped the default port and lower-cased the rest.
    const address = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}${pathname}`
    const encoded = this.parameters
      .filter(([name]) => name !== 'oauth_signature')
      .map(([name, value]): Pair => [escaped(name), escaped(value)])
    encoded.sort(([a, x], [b, y]) => bytewise(a, b) || bytewise(x, y))
    const listed = encoded.map(([name, value]) => `${name}=${value}`).join('&')
    return [method.toUpperCase(), address, listed].map(escaped).join('&')
  }

  isSignedBy(consumerSecret: string, tokenSecret: string): boolean {
    const key = `${escaped(consumerSecret)}&${escaped(tokenSecret)}`
    const expected = createHmac('sha1', key).update(this.baseString).digest()
    const given = Buffer.from(this.get('oauth_signature') ?? '', 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}

const bytewise = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1)

/** Spec: RFC 5849 §3.6: all but letters, digits and four marks, byte by byte. */
function escaped(text: string): string {
  let out = ''
  for (const byte of Buffer.from(text, 'utf8')) {
    const character = String.fromCharCode(byte)
    out += /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  }
  return out
}

/** Fields of a query or a form, where a plus is a blank. */
function pairsOf(text: string): Pair[] {
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const [name, ...rest] = part.replaceAll('+', '%20').split('=')
      return [unescaped(name!), unescaped(rest.join('='))] as const
    })
}

function headerPairs(header: string): Pair[] {
  if (!/^OAuth\s/i.test(header)) return []
  return [...header.slice(6).matchAll(/([^\s,=]+)\s*=\s*"([^"]*)"/g)].map(
    ([, name, value]) => [unescaped(name!), unescaped(value!)] as const,
  )
}

function unescaped(text: string): string {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 1) {
    const hex = /^%([0-9A-Fa-f]{2})/.exec(text.slice(at, at + 3))?.[1]
    if (hex === undefined) bytes.push(...Buffer.from(text[at]!))
    else {
      bytes.push(parseInt(hex, 16))
      at += 2
    }
  }
  return Buffer.from(bytes).toString('utf8')
}
