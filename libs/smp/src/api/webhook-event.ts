import { createHmac, timingSafeEqual } from 'node:crypto'
import type { JsonValue, NewJob, ReasonCode } from '@emrex-gateway/core'
import type { ApiClient } from './import-api.js'
import type { RequestStatus } from './request-state.js'

export type WebhookType = `request.${Exclude<RequestStatus, 'waiting'>}`

/** What a receiver is told: that something changed, never about whom. */
export interface WebhookEvent {
  /** The same in every attempt and for every receiver: by it a receiver knows an event that it has. */
  readonly id: string
  readonly type: WebhookType
  /** When it happened, ISO 8601. */
  readonly timestamp: string
  readonly data: {
    readonly request: string
    readonly status: RequestStatus
    readonly code?: ReasonCode
    /** Grows with each change of the request. One that is smaller than what is known already came late. */
    readonly sequence: number
  }
}

export const webhookQueue = (entry: string, client: string, receiver: string): string =>
  `webhook:${entry}:${client}:${receiver}`

/** One job for each receiver of the client. */
export const webhookJobs = (entry: string, client: ApiClient | undefined, event: WebhookEvent): NewJob[] =>
  (client?.webhooks ?? []).map(({ id }) => ({
    queue: webhookQueue(entry, client!.id, id),
    key: event.id,
    payload: event as unknown as JsonValue,
  }))

/**
 * The headers of one attempt. Each signature covers id, time of the attempt and body; a receiver refuses what is older
 * than five minutes, and takes what one of its secrets has signed.
 *
 * Spec: Standard Webhooks 1.0, "Webhook Headers", "Signature scheme" (symmetric, v1).
 */
export function signWebhook(
  secrets: readonly Uint8Array[],
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets.map((secret) => `v1,${signatureOf(secret, id, timestamp, body)}`).join(' '),
  }
}

/** For a receiver in JavaScript, and for tests: whether an attempt came from who knows the secret, and is no replay. */
export function isSignedWebhook(
  secret: Uint8Array,
  headers: Readonly<Record<string, string | undefined>>,
  body: string,
  now: Date,
  windowSeconds = 300,
): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': given = '' } = headers
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > windowSeconds) return false
  const wanted = Buffer.from(signatureOf(secret, id, timestamp, body))
  return given.split(' ').some((one) => {
    const signature = Buffer.from(one.replace(/^v1,/, ''))
    return one.startsWith('v1,') && signature.length === wanted.length && timingSafeEqual(signature, wanted)
  })
}

/** A secret of a receiver as Standard Webhooks writes it: `whsec_` and base64 of 24 to 64 bytes. */
export function parseWebhookSecret(text: string): Uint8Array | undefined {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text.trim())?.[1]
  const bytes = base64 === undefined ? undefined : Buffer.from(base64, 'base64')
  return bytes !== undefined && bytes.length >= 24 && bytes.length <= 64 ? bytes : undefined
}

const signatureOf = (secret: Uint8Array, id: string, timestamp: string, body: string): string =>
  createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')
