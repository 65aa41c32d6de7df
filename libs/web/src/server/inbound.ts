import type { IncomingMessage } from 'node:http'
import type { InboundMessage } from '@emrex-gateway/core'

/** A message that came to an address of ours: `address` is built from the settings, never from the Host header. */
export const inbound = (
  method: 'GET' | 'POST',
  address: string,
  request: IncomingMessage,
  form: ReadonlyMap<string, string> = new Map(),
): InboundMessage => {
  // Express rewrites `url` below a mount point.
  const asked = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/'
  return { method, url: `${address}${new URL(asked, 'http://localhost').search}`, form }
}
