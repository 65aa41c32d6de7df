import { TransformStream } from 'node:stream/web'
import { defaults, type ClientCertificate } from '@emrex-gateway/core'
import { Agent, fetch as undiciFetch, Response as UndiciResponse } from 'undici'

/** How much one request to another system may take, its answer included. */
export interface OutboundLimits {
  /** For who brings no signal. */
  readonly timeoutSeconds: number
  /** For who brings one, and so an end of its own. */
  readonly longestSeconds: number
  readonly maxBytes: number
}

const usual: OutboundLimits = {
  timeoutSeconds: defaults.outboundTimeoutSeconds,
  longestSeconds: defaults.outboundLongestSeconds,
  maxBytes: defaults.outboundAnswerMaxBytes,
}

/**
 * `fetch` for plugins: TLS 1.2 at least, an end to each request and to the size of each answer, and no redirect is
 * followed: who is asked is who the settings name. A plugin may look at a redirect (`redirect: 'manual'`).
 */
export function outboundFetch(client: ClientCertificate = {}, changed: Partial<OutboundLimits> = {}): typeof fetch {
  const limits = { ...usual, ...changed }
  const { privateKey, certificate, pfx, passphrase, authorities } = client
  const dispatcher = new Agent({
    connect: {
      minVersion: 'TLSv1.2',
      ...(privateKey !== undefined && { key: privateKey }),
      ...(certificate !== undefined && { cert: certificate }),
      ...(pfx !== undefined && { pfx: Buffer.from(pfx) }),
      ...(passphrase !== undefined && { passphrase }),
      ...(authorities && { ca: [...authorities] }),
    },
  })
  const outbound = async (input: unknown, init: RequestInit = {}) => {
    const seconds = init.signal ? limits.longestSeconds : limits.timeoutSeconds
    const end = AbortSignal.timeout(seconds * 1000)
    const signal = init.signal ? AbortSignal.any([init.signal, end]) : end
    const redirect = init.redirect === 'manual' ? 'manual' : 'error'
    const response = await undiciFetch(input as never, { ...init, redirect, signal, dispatcher } as never)
    return withLimit(response, limits.maxBytes)
  }
  return outbound as unknown as typeof fetch
}

/** The same answer; reading it fails as soon as it is too large, whatever it announced. */
function withLimit(response: UndiciResponse, maxBytes: number): UndiciResponse {
  if (response.body === null) return response
  let size = 0
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        size += part.byteLength
        // Plugins know it by its code: to ask once more would not help.
        if (size > maxBytes)
          throw Object.assign(new Error(`an answer of more than ${maxBytes} bytes`), { code: 'ANSWER_TOO_LARGE' })
        controller.enqueue(part)
      },
    }),
  )
  const { status, statusText, headers, url } = response
  return Object.defineProperty(new UndiciResponse(counted, { status, statusText, headers }), 'url', { value: url })
}
