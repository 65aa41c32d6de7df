import { receiptText, senderText, type ReceiptFile, type TransferReceipt } from '@emrex-gateway/core'
import { fact, writeFacts } from './content/fact-table.js'
import { writeQrCode } from './content/write-qr-code.js'
import { FontSet, type FontFile } from './fonts/font-set.js'
import { openPdf } from './layout/open-pdf.js'
import { PageWriter, styles } from './layout/page-writer.js'
import { textsOf } from './texts/texts.js'

/** Name of the signed receipt inside the PDF. */
export const embeddedReceiptName = 'receipt.json'

export interface ReceiptPdfOptions {
  /** BCP 47; words of ours are English so far. */
  readonly language: string
  readonly fonts?: readonly FontFile[]
}

/**
 * A receipt as a PDF: tagged, with the signed receipt inside, so that `emrex receipt verify` can check either. The same
 * receipt gives the same bytes.
 *
 * @throws {Error} a font file of the options cannot be read
 */
export async function receiptPdf(file: ReceiptFile, { language, fonts = [] }: ReceiptPdfOptions): Promise<Uint8Array> {
  const texts = textsOf(language)
  const words = texts.receipt
  const { receipt } = file
  const made = new Date(receipt.at)
  const set = new FontSet(fonts)
  const title = words.documentTitle(receipt.number)
  const { doc, bytes } = openPdf({ title, language: texts.language, fonts: set, made })
  const writer = new PageWriter(doc, set)
  writer.heading(1, { text: words.headings[receipt.act] })
  writer.paragraph({ text: words.acts[receipt.act] })
  await writeFacts(writer, factsOf(receipt, texts))
  writer.paragraph({ text: file.signature === undefined ? words.unsigned : words.signed })
  writeQrCode(writer, receipt.number, words.qr(receipt.number))
  writer.root.end()
  doc.file(Buffer.from(receiptText(file)), {
    name: embeddedReceiptName,
    type: 'application/json',
    description: words.fileDescription,
    creationDate: made,
    modifiedDate: made,
    relationship: 'Source',
  } as never)
  doc.end()
  return bytes
}

function factsOf(receipt: TransferReceipt, { receipt: words, language }: ReturnType<typeof textsOf>) {
  const { number, at, from, to, basis, content, document, issuer } = receipt
  return [
    ...fact(words.number, number),
    ...fact(words.at, `${at.slice(0, 19).replace('T', ' ')} UTC`),
    ...fact(words.from, senderText(from, language)),
    ...fact(words.to, to.address === undefined ? to.name : `${to.name}, ${to.address}`),
    ...content.institutions.flatMap(({ name, results, extent }) =>
      fact(
        words.content,
        `${words.institution(name, results)}${extent === undefined ? '' : ` (${words.extents[extent]})`}`,
      ),
    ),
    ...fact(words.ects, content.ects),
    ...fact(words.attachments, String(content.attachments)),
    ...fact(words.basis, basis),
    ...fact(words.hash, { text: document.sha256, style: styles.cell }),
    ...fact(words.bytes, String(document.bytes)),
    ...fact(words.issuer, `${issuer.name}, ${issuer.address}`),
  ]
}
