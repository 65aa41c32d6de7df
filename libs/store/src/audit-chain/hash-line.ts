import { createHash } from 'node:crypto'
import type { AuditRow } from './chain-rows.js'

/** What stands before the first line of a chain. */
export const beginning: Buffer = Buffer.alloc(32)

/** What a line's hash is made of. */
export type HashedLine = Pick<
  AuditRow,
  'kind' | 'entry' | 'seq' | 'previous' | 'id' | 'at' | 'transfer' | 'event' | 'code' | 'facts' | 'commitment'
>

/**
 * The hash of one line: SHA-256 of a JSON list of its columns in a fixed order, bytes as hexadecimal digits. The facts go
 * in as the text that is stored, so that nothing depends on how an object is written.
 */
export function hashLine(line: HashedLine): Buffer {
  const { kind, entry, seq, previous, id, at, transfer, event, code, facts, commitment } = line
  const plain = [Number(seq), hex(previous), id, Number(at), transfer, event, code, facts]
  return sha256(JSON.stringify(['emrex-audit-line-1', kind, entry, ...plain, commitment && hex(commitment)]))
}

/**
 * Stands for the sealed name and reason of staff in the hash. The sealed bytes hold a random nonce of 96 bits, so that
 * once they are deleted nobody can find out from this hash what they said, not even with the key.
 */
export const commitmentOf = (sealed: Uint8Array): Buffer => sha256(sealed)

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

const sha256 = (bytes: string | Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
