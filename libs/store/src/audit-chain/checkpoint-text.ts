import type { TransferKind } from '@emrex-gateway/core'
import { hex } from './hash-line.js'
import type { Checkpoint } from './checkpoint-signer.js'
import { transferKinds } from '../transfer-kinds.js'

/** A checkpoint as one line of a file: JSON, bytes as hexadecimal digits. It names nobody. */
export const checkpointText = ({ purpose, kind, entry, seq, hash, at, signer, signature }: Checkpoint): string =>
  JSON.stringify({
    ...{ emrexAuditCheckpoint: 1, purpose, kind, entry, seq, hash: hex(hash) },
    ...{ at: new Date(at).toISOString(), signer, signature: hex(signature) },
  })

/**
 * Reads what `checkpointText` wrote, one on each line; empty lines are passed over.
 *
 * @throws {Error} naming the first line that is none.
 */
export function readCheckpoints(text: string): readonly Checkpoint[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    const read = readOne(line)
    if (read === undefined) throw new Error(`Line ${index + 1} is no checkpoint`)
    return [read]
  })
}

const isKind = (value: unknown): value is TransferKind => (transferKinds as readonly unknown[]).includes(value)
const isHex = (value: unknown): value is string => typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value)

function readOne(line: string): Checkpoint | undefined {
  let read: Readonly<Record<string, unknown>> | null
  try {
    read = JSON.parse(line) as typeof read
  } catch {
    return undefined
  }
  if (typeof read !== 'object' || read?.['emrexAuditCheckpoint'] !== 1) return undefined
  const { purpose, kind, entry, seq, hash, at, signer, signature } = read
  if (purpose !== 'begin' && purpose !== 'end') return undefined
  if (!isKind(kind) || typeof entry !== 'string' || typeof signer !== 'string') return undefined
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || !isHex(hash) || !isHex(signature)) return undefined
  const milliseconds = typeof at === 'string' ? Date.parse(at) : NaN
  if (Number.isNaN(milliseconds)) return undefined
  const bytes = { hash: Buffer.from(hash, 'hex'), signature: Buffer.from(signature, 'hex') }
  return { purpose, kind, entry, seq, at: milliseconds, signer, ...bytes }
}
