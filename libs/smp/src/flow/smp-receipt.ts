import { describeDocument, receiptFile, receiptNumber, usualBasis, type ReceiptFile } from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { GivenByApplicant } from './request-desk.js'
import type { SmpEntry } from './smp-entry.js'
import type { SmpTransfer } from './smp-transfer.js'

/** What the student keeps of an import, or of what is decided about elsewhere; signed where the entry has a key. */
export function smpReceipt(
  entry: SmpEntry,
  { id, state }: SmpTransfer<'decided'>,
  document: VerifiedElmo,
  {
    at,
    isRecorded,
    given,
  }: { readonly at: Date; readonly isRecorded: boolean; readonly given?: GivenByApplicant | undefined },
): ReceiptFile {
  const { ncp } = state
  const act = entry.desk !== undefined ? 'given' : isRecorded ? 'imported' : 'handed-over'
  return receiptFile(
    {
      ...{ type: 'emrex-receipt', version: 1, number: receiptNumber(id), act, at: at.toISOString() },
      issuer: { name: entry.title, address: entry.publicUrl },
      from: { name: ncp.name, country: ncp.countryCode },
      to: { name: entry.title },
      basis: entry.basis ?? usualBasis,
      ...describeDocument(document),
      ...given,
    },
    entry.signingKey,
  )
}
