import { checkAddress } from './check-address.js'

export interface FetchListRequest {
  readonly fetch: typeof fetch
  readonly url: string
  /** Of the copy at hand; the answer may then be `unchanged`. */
  readonly etag?: string
  readonly maxBytes: number
  /** For the whole answer, not only for its first byte. */
  readonly timeoutSeconds: number
  readonly allowLoopbackHttp: boolean
  /** Ends the request early, when the registry is stopped. */
  readonly signal: AbortSignal
}

export type FetchedList =
  | { readonly kind: 'fresh'; readonly body: Uint8Array; readonly etag?: string }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly reason: string }

const maxRedirects = 3
const redirects = [301, 302, 303, 307, 308]

/**
 * Fetches a list once. Every failure is a value with a reason; redirects are followed only within the same origin,
 * because the address in the settings is what makes the list trustworthy.
 */
export async function fetchList(request: FetchListRequest): Promise<FetchedList> {
  const timeout = AbortSignal.timeout(request.timeoutSeconds * 1000)
  const signal = AbortSignal.any([timeout, request.signal])
  try {
    return await follow(request, request.url, signal, maxRedirects)
  } catch (error) {
    if (timeout.aborted) return failed(`it gave no complete answer within ${request.timeoutSeconds} s`)
    if (request.signal.aborted) return failed('the registry was stopped')
    return failed(`it cannot be reached (${causeOf(error)})`)
  }
}

async function follow(
  request: FetchListRequest,
  url: string,
  signal: AbortSignal,
  redirectsLeft: number,
): Promise<FetchedList> {
  const complaint = checkAddress(url, request.allowLoopbackHttp)
  if (complaint !== undefined) return failed(complaint)
  const headers: Record<string, string> = { accept: 'application/xml, application/json, text/xml;q=0.9, */*;q=0.5' }
  if (request.etag !== undefined) headers['if-none-match'] = request.etag
  const response = await request.fetch(url, { headers, signal, redirect: 'manual' })

  if (response.status === 304 && request.etag !== undefined) return { kind: 'unchanged' }
  if (response.status === 200) return readBody(response, request.maxBytes)
  await response.body?.cancel()
  if (!redirects.includes(response.status)) return failed(`it answered with status ${response.status}`)

  const target = response.headers.get('location') ?? ''
  if (!URL.canParse(target, url)) return failed('it redirects to nowhere')
  const next = new URL(target, url)
  if (next.origin !== new URL(url).origin) return failed('it redirects to another host')
  if (redirectsLeft === 0) return failed('it redirects again and again')
  return follow(request, next.href, signal, redirectsLeft - 1)
}

async function readBody(response: Response, maxBytes: number): Promise<FetchedList> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    // Leaving the loop cancels the stream, so the rest is never received.
    if (bytes > maxBytes) return failed(`it is larger than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  const etag = response.headers.get('etag')
  return { kind: 'fresh', body: Buffer.concat(chunks), ...(etag === null ? {} : { etag }) }
}

function failed(reason: string): FetchedList {
  return { kind: 'failed', reason }
}

/** The system's own code, such as ECONNREFUSED, which `fetch` hides behind one "fetch failed". */
function causeOf(error: unknown): string {
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: { readonly code?: unknown } }
  const found = cause?.code ?? code
  return typeof found === 'string' ? found : 'network error'
}
