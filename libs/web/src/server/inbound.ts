import type { IncomingMessage } from 'node:http'
import type { InboundMessage } from '@emrex-gateway/core'
import { addressOf } from './path-of.js'

/** A message that came to an address of ours: `address` is built from the settings, never from the Host header. */
export const inbound = (
  method: 'GET' | 'POST',
  address: string,
  request: IncomingMessage,
  form: ReadonlyMap<string, string> = new Map(),
): InboundMessage => {
  const asked = addressOf(request)
  return { method, url: `${address}${new URL(asked, 'http://localhost').search}`, form, request }
}
