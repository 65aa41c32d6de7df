import type { Seal } from '../seal.js'
import type { AuditRow, HeadRow } from './chain-rows.js'
import { hex } from './hash-line.js'

/** Keyed hashes that only this store can make: the present key first, then the previous ones. */
export const headMacs = (seal: Seal, { kind, entry, seq, hash }: Omit<HeadRow, 'mac'>) =>
  seal.hashes(['audit head', kind, entry, String(seq), hex(hash)])

/** The proof that name and reason of this line were deleted by the store, because their time was over. */
export const removalProofs = (seal: Seal, { kind, entry, seq, commitment }: RemovedLine) =>
  seal.hashes(['audit removed', kind, entry, String(seq), hex(commitment)])

type RemovedLine = Pick<AuditRow, 'kind' | 'entry' | 'seq'> & { readonly commitment: Uint8Array }

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
