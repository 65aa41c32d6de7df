import { describeDocument, receiptFile, receiptNumber, usualBasis, type ReceiptFile } from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { NcpEntry } from './ncp-entry.js'
import type { NcpTransfer } from './ncp-transfer.js'

/** What the person keeps of a document that was handed over, signed with the key that signs documents here. */
export function ncpReceipt(
  entry: NcpEntry,
  { id, state }: NcpTransfer<'previewed'>,
  document: VerifiedElmo,
  at: Date,
): ReceiptFile {
  const { receiver } = state.request
  const address = new URL(receiver.returnUrl).origin
  return receiptFile(
    {
      ...{ type: 'emrex-receipt', version: 1, number: receiptNumber(id), act: 'sent', at: at.toISOString() },
      issuer: { name: entry.title, address: entry.publicUrl },
      from: { name: entry.title },
      to: { name: receiver.kind === 'known' ? receiver.name : receiver.host, address },
      basis: entry.basis ?? usualBasis,
      ...describeDocument(document),
    },
    entry.signingKey,
  )
}
