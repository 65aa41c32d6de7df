import type { ChildProcess } from 'node:child_process'
import type { GatewayStore } from '@emrex-gateway/core'

export interface OpenStoreOptions {
  /** 32 bytes. */
  readonly key: Uint8Array
  readonly previousKeys?: readonly Uint8Array[]
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** Where a store under test keeps its data: a file, a schema. Empty at first. */
export interface StorePlace {
  /** Opens the store here, also a second time and beside another one. */
  open(options: OpenStoreOptions): Promise<GatewayStore>
  /** Everything that lies here at rest, as one run of bytes. */
  bytesAtRest(): Promise<Uint8Array>
  /** Exchanges the sealed values of two records behind the store's back, as somebody with the database could. */
  swapSealed(what: 'state' | 'body', firstTransfer: string, secondTransfer: string): Promise<void>
  /**
   * Verifies the chains of evidence here, with the key they were written with; a place whose store keeps none leaves it
   * out. Gives how many lines were looked at, and a line for each problem.
   */
  verifyAudit?(key: Uint8Array): Promise<{ readonly lines: number; readonly problems: readonly string[] }>
  /** Starts a process that opens the store here with this key and runs `writeUntilKilled` on its standard output. */
  startWriter(key: Uint8Array): ChildProcess
  /** Removes everything; all stores are closed by then. */
  remove(): Promise<void>
}
