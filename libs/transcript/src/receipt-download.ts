import { receiptText, type ReceiptFile } from '@emrex-gateway/core'
import { receiptPdf, type ReceiptPdfOptions } from './receipt-pdf.js'

/** A receipt as a file to save; its name says nothing but the number. */
export async function receiptDownload(file: ReceiptFile, ending: 'pdf' | 'json', options: ReceiptPdfOptions) {
  const name = `receipt-${file.receipt.number}.${ending}`
  return ending === 'pdf'
    ? { name, mediaType: 'application/pdf', bytes: await receiptPdf(file, options) }
    : { name, mediaType: 'application/json', bytes: Buffer.from(receiptText(file)) }
}
