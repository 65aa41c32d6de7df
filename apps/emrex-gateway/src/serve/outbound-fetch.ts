import type { ClientCertificate } from '@emrex-gateway/core'
import { Agent, fetch as undiciFetch } from 'undici'

/** How long one request to another system may take as a whole. */
const timeoutMs = 20_000

/**
 * `fetch` for plugins: TLS 1.2 at least, an end to each request, and no redirect is followed: who is asked is who the
 * settings name.
 */
export function outboundFetch(client?: ClientCertificate): typeof fetch {
  const dispatcher = new Agent({
    connect: {
      minVersion: 'TLSv1.2',
      ...(client && { key: client.privateKey, cert: client.certificate }),
      ...(client?.authorities && { ca: [...client.authorities] }),
    },
  })
  const outbound = (input: unknown, init: RequestInit = {}) => {
    const end = AbortSignal.timeout(timeoutMs)
    const signal = init.signal ? AbortSignal.any([init.signal, end]) : end
    return undiciFetch(input as never, { redirect: 'error', ...init, signal, dispatcher } as never)
  }
  return outbound as unknown as typeof fetch
}
