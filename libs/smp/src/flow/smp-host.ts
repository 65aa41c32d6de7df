import type { GatewayStore, Log, StoredCases } from '@emrex-gateway/core'

/** What the flow is given by whoever runs it. */
export interface SmpHost {
  readonly store: GatewayStore
  readonly log: Log
  now(): Date
  randomId(): string
  randomBytes(bytes: number): Uint8Array
  readonly cases?: StoredCases
}
