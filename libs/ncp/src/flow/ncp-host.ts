import type { GatewayStore, Log } from '@emrex-gateway/core'

/** What the flow is given by whoever runs it. */
export interface NcpHost {
  readonly store: GatewayStore
  readonly log: Log
  now(): Date
  randomId(): string
}
