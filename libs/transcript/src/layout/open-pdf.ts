import PDFDocument from 'pdfkit'
import type { FontSet } from '../fonts/font-set.js'

export interface PdfFrame {
  /** Without mark-up: it goes into XML metadata as it stands. */
  readonly title: string
  /** BCP 47. */
  readonly language: string
  readonly fonts: FontSet
  readonly made: Date
}

/** An empty tagged PDF/A-3a, and its bytes once it is ended. */
export function openPdf({ title, language, fonts, made }: PdfFrame): {
  readonly doc: PDFKit.PDFDocument
  readonly bytes: Promise<Buffer>
} {
  const doc = new PDFDocument({
    autoFirstPage: false,
    bufferPages: true,
    pdfVersion: '1.7',
    subset: 'PDF/A-3a',
    tagged: true,
    displayTitle: true,
    lang: language,
    size: 'A4',
    margin: 0,
    // Else a standard font slips in, which PDF/A does not allow.
    font: fonts.regular.font as unknown as string,
    info: { Title: title, Creator: 'emrex-gateway', Producer: 'pdfkit', CreationDate: made },
  } as PDFKit.PDFDocumentOptions)
  const chunks: Uint8Array[] = []
  const bytes = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Uint8Array) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  return { doc, bytes }
}
