import { describeDocument, receiptFile, receiptNumber, usualBasis, type ReceiptFile } from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { SmpEntry } from './smp-entry.js'
import type { SmpTransfer } from './smp-transfer.js'

/** What the student keeps of an import, or of a case that staff decide about; signed where the entry has a key. */
export function smpReceipt(
  entry: SmpEntry,
  { id, state }: SmpTransfer<'decided'>,
  document: VerifiedElmo,
  at: Date,
): ReceiptFile {
  const { ncp } = state
  const kept = entry.target.target?.can.mode === 'case' ? 'handed-over' : 'imported'
  const act = entry.desk === undefined ? kept : 'given'
  return receiptFile(
    {
      ...{ type: 'emrex-receipt', version: 1, number: receiptNumber(id), act, at: at.toISOString() },
      issuer: { name: entry.title, address: entry.publicUrl },
      from: { name: ncp.name, country: ncp.countryCode },
      to: { name: entry.title },
      basis: entry.basis ?? usualBasis,
      ...describeDocument(document),
    },
    entry.signingKey,
  )
}
