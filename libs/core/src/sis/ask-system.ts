import type { SisContext } from '../ports/sis-plugin.js'
import { SisError, type SisErrorKind } from '../sis-error.js'

/** Whom a plugin asks, and on whose behalf. */
export interface SystemCaller {
  /** The `fetch` of the plugin's host, perhaps with a client certificate or a pace of its own. */
  readonly fetch: typeof fetch
  /** Id of the connection, for errors. */
  readonly connection: string
}

export interface SystemQuestion {
  readonly url: string | URL
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
  /** Statuses besides 2xx that the caller reads itself, such as 404 for "nobody". */
  readonly reads?: readonly number[]
  /**
   * What a refusal means in this system, where it is not the usual. The body is text as it came, for codes of the system;
   * it may hold personal data, and is never shown.
   */
  readonly judge?: (status: number, body: string) => { kind: SisErrorKind; code?: string } | undefined
}

export interface SystemAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

const isRedirect = (status: number): boolean => status >= 300 && status < 400

const kindOfStatus = (status: number): SisErrorKind =>
  status === 401
    ? 'credential'
    : status === 403
      ? 'forbidden'
      : status === 429
        ? 'rate-limited'
        : status >= 500 || status === 408 || isRedirect(status)
          ? 'unavailable'
          : 'bad-data'

const words: Readonly<Record<SisErrorKind, string>> = {
  credential: 'the system refused our credential',
  forbidden: 'the system denies this to us',
  expired: 'the leave that the student gave has run out',
  'unknown-person': 'the system does not know this person',
  ambiguous: 'the system knows several people',
  'rate-limited': 'the system asks us to wait',
  unavailable: 'the system did not answer',
  timeout: 'the system took too long',
  'bad-data': 'the answer of the system was not understood',
  refused: 'the system refused what we handed in',
  unsupported: 'the system does not offer this',
}

/**
 * Asks a system over HTTP. Every way to fail comes back as a SisError without personal data: refusals by their status
 * (`judge` knows better), a broken connection, our certificate refused in the handshake, a time limit, a redirect (a login
 * page, mostly).
 *
 * @throws {SisError}
 */
export async function askSystem(
  { fetch, connection }: SystemCaller,
  question: SystemQuestion,
  { signal }: Pick<SisContext, 'signal'>,
): Promise<SystemAnswer> {
  const { url, method = 'GET', headers = {}, body, reads = [], judge } = question
  let response: Response
  let text: string
  try {
    signal.throwIfAborted()
    const { username, password } = new URL(url)
    // Fetch fails there as it does where a system is away.
    if (username !== '' || password !== '')
      throw new SisError('credential', 'the address holds a user or a password: they have settings of their own', {
        connection,
      })
    // A redirect is not followed: who is asked is who the settings name. It is read, so that one is told of it.
    const init = { method, headers, redirect: 'manual', signal } as const
    response = await fetch(url, body === undefined ? init : { ...init, body })
    text = await response.text()
  } catch (error) {
    throw sisErrorOfFetch(error, connection)
  }
  const { status } = response
  if (response.ok || reads.includes(status)) return { status, headers: response.headers, body: text }
  const { kind, code = undefined } = judge?.(status, text) ?? { kind: kindOfStatus(status) }
  const retryAfterMs = retryAfter(response.headers.get('retry-after'))
  throw new SisError(kind, isRedirect(status) ? 'the system sends us on to another address' : words[kind], {
    connection,
    status,
    ...(code === undefined ? {} : { upstreamCode: code }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}

/**
 * The same for an answer in JSON. A web page with status 200 is how proxies say that something else is meant: bad-data.
 * @throws {SisError}
 */
export async function askJson(
  caller: SystemCaller,
  question: SystemQuestion,
  context: Pick<SisContext, 'signal'>,
): Promise<{ readonly status: number; readonly json: unknown }> {
  const headers = { accept: 'application/json', ...question.headers }
  const { status, body } = await askSystem(caller, { ...question, headers }, context)
  if (status === 204 || body.trim() === '') return { status, json: undefined }
  try {
    return { status, json: JSON.parse(body) as unknown }
  } catch {
    // The parser's message quotes what it read.
    const what = /^\s*</.test(body) ? 'the system answered with a web page' : 'the answer of the system is no JSON'
    throw new SisError('bad-data', what, { connection: caller.connection, status })
  }
}

/** What a `fetch` that threw means. Its own message and cause are dropped: they may name what was asked. */
export function sisErrorOfFetch(error: unknown, connection: string): SisError {
  if (error instanceof SisError) return error
  const codes = codesOf(error)
  if (codes.some((code) => code === 'AbortError' || code === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(code)))
    return new SisError('timeout', words.timeout, { connection })
  const upstreamCode = codes.find((code) => /^[A-Z][A-Z0-9_]{2,60}$/.test(code))
  const info = { connection, ...(upstreamCode === undefined ? {} : { upstreamCode }) }
  if (upstreamCode === 'ANSWER_TOO_LARGE')
    return new SisError('bad-data', 'the answer of the system is larger than we take', info)
  // The other side ends the handshake with an alert when it does not want our certificate.
  if (codes.some((code) => /SSL.*ALERT|ALERT_(BAD_)?CERTIFICATE|CERTIFICATE_REQUIRED/.test(code)))
    return new SisError('credential', 'the system refused our certificate', info)
  if (codes.some((code) => code === 'CERT_HAS_EXPIRED' || /SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code)))
    return new SisError('unavailable', 'the certificate of the system is not trusted', info)
  return new SisError('unavailable', words.unavailable, info)
}

function codesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let next = error; typeof next === 'object' && next !== null && codes.length < 10;) {
    const { name, code, cause } = next as { name?: unknown; code?: unknown; cause?: unknown }
    for (const one of [name, code]) if (typeof one === 'string') codes.push(one)
    next = cause
  }
  return codes
}

/** Milliseconds; a date counts from now. Spec: RFC 9110 §10.2.3. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
