import type { Effects, TransferStore } from '../ports/transfer-store.js'
import type { ReceiptFile } from './signed-receipt.js'

const bodyName = 'receipt'

/** The receipt as a body beside the transfer, for as long as its end can be shown. */
export const putReceipt = (file: ReceiptFile, expiresAt: number): NonNullable<Effects['putBodies']>[number] => ({
  ...{ name: bodyName, expiresAt },
  bytes: Buffer.from(receiptText(file)),
})

/** The receipt that lies beside a transfer. */
export async function storedReceipt(
  transfers: Pick<TransferStore<never>, 'body'>,
  transferId: string,
): Promise<ReceiptFile | undefined> {
  const bytes = await transfers.body(transferId, bodyName)
  return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString()) as ReceiptFile)
}

/** As a person downloads it. */
export const receiptText = (file: ReceiptFile): string => `${JSON.stringify(file, null, 2)}\n`
