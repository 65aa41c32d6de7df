import type { AuditEntry, TransferKind } from '@emrex-gateway/core'

/** A chain is that of one entry of one role. */
export interface ChainName {
  readonly kind: TransferKind
  readonly entry: string
}

/** One line of evidence as it lies in the database. */
export interface AuditRow extends Pick<AuditEntry, 'kind' | 'entry' | 'transfer' | 'event'> {
  readonly number: number
  readonly id: string
  readonly at: number
  readonly code: AuditEntry['code'] | null
  readonly facts: string | null
  readonly sealed: Uint8Array | null
  /** Place in the chain of its entry: 1, 2, 3 … without a gap. */
  readonly seq: number
  /** SHA-256 of `sealed`, which stays when that is deleted. */
  readonly commitment: Uint8Array | null
  /** Keyed hash: proves that the store itself deleted `sealed`. */
  readonly removed: Uint8Array | null
  /** `hash` of the line before; 32 zero bytes before the first. */
  readonly previous: Uint8Array
  readonly hash: Uint8Array
}

/** The end of a chain. */
export interface HeadRow extends ChainName {
  readonly seq: number
  readonly hash: Uint8Array
  /** Keyed hash of the other columns: without the seal key nobody writes a line that fits. */
  readonly mac: Uint8Array
}
