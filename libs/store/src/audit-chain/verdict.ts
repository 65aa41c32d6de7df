import type { ChainName } from './chain-rows.js'
import type { Checkpoint } from './checkpoint-signer.js'

/** What was found wrong. `removed`: in the middle or the beginning; `cut-off`: at the end. */
export type AuditFault =
  | 'changed'
  | 'removed'
  | 'reordered'
  | 'inserted'
  | 'cut-off'
  | 'head-changed'
  | 'checkpoint-does-not-fit'
  | 'wrong-signature'
  | 'unknown-signer'

export interface AuditProblem extends ChainName {
  readonly fault: AuditFault
  /** Place in the chain; the first one, where several are missing. */
  readonly seq: number
  /** Plain words, and nothing about a person. */
  readonly message: string
}

export interface ChainVerdict extends ChainName {
  /** Lines that were looked at. */
  readonly lines: number
  /** Place of the first one that is still there, where older ones were deleted for their age. */
  readonly beginsAt?: number
  /** Lines whose name and reason of staff were deleted for their age. */
  readonly staffForgotten: number
  readonly checkpoints: number
}

export interface AuditVerdict {
  readonly chains: readonly ChainVerdict[]
  /** At most 100 for each chain. */
  readonly problems: readonly AuditProblem[]
}

export interface VerifyOptions {
  /** Chains of this entry alone, whatever their role. */
  readonly entry?: string
  /** Checkpoints that were kept outside of the database. */
  readonly kept?: readonly Checkpoint[]
  /** Only so many lines at the end of each chain; what stands before is then trusted. */
  readonly newest?: number
}
