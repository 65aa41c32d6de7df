import { setImmediate } from 'node:timers/promises'
import type { TranscriptSource } from '@emrex-gateway/core'
import { completenessOf } from '@emrex-gateway/elmo'
import { attachmentItems } from './content/attachment-items.js'
import { instantText, type Content } from './content/content.js'
import { writeCheck } from './content/write-check.js'
import { writeLearner } from './content/write-learner.js'
import { writeLeftOut } from './content/write-left-out.js'
import { writeReport } from './content/write-report.js'
import { embeddedName } from './embedded-name.js'
import { FontSet } from './fonts/font-set.js'
import { oneLine, printableText } from './fonts/printable-text.js'
import { openPdf } from './layout/open-pdf.js'
import { PageWriter, styles } from './layout/page-writer.js'
import { textsOf } from './texts/texts.js'
import type { Texts } from './texts/en.js'
import type { TranscriptOptions } from './transcript-options.js'

/**
 * A document as a PDF that a person can read: tagged, with bookmarks, languages and embedded fonts, made as PDF/A-3a with
 * the bytes of the document inside. Takes any document that `readElmo` gives, of any release. The same input gives the
 * same bytes.
 *
 * What no font has is written as a Unicode number, and a sentence says so. Nothing is checked: whether the document may be
 * trusted is known before, and is told here by `options.signer`.
 *
 * Spec: ISO 32000-1, 14.8 (tags); ISO 19005-3 (PDF/A-3), which is claimed and was not validated.
 * @throws {Error} a font file of the options cannot be read, or its seal has no room
 */
export async function transcriptPdf(source: TranscriptSource, options: TranscriptOptions): Promise<Uint8Array> {
  const { elmo, xml } = source
  const words = textsOf(options.language)
  const fonts = new FontSet(options.fonts ?? [])
  const title = titleOf(source, words)
  const { doc, bytes } = openPdf({ title, language: words.language, fonts, made: options.made })
  const writer = new PageWriter(doc, fonts)
  const content: Content = { elmo, options, words, writer }

  writer.heading(1, { text: words.heading })
  writer.paragraph({ text: words.introduction(elmo.reports.length) })
  await writeLearner(content)
  const completeness = completenessOf(elmo)
  for (const [index, report] of elmo.reports.entries()) {
    // Other work gets its turn between the parts, and within long tables.
    await setImmediate()
    await writeReport(report, completeness[index] ?? { extent: 'unknown' }, content)
  }
  writeAttachments(content)
  writeLeftOut(content)
  await setImmediate()
  await writeCheck(xml, fonts, content)
  await setImmediate()
  writer.root.end()
  writeMargins(content)
  if (xml !== undefined) attach(doc, xml, options.made, words)
  if (options.seal === undefined) {
    doc.end()
    return bytes
  }
  // What it takes to seal is loaded by those who do.
  const { leaveRoomForSeal, sealPdf } = await import('./seal/seal-pdf.js')
  leaveRoomForSeal(doc, options.made)
  doc.end()
  return sealPdf(await bytes, options.seal)
}

/** The title goes into XML metadata as it stands, so it holds no mark-up. */
const titleOf = ({ elmo: { learner } }: TranscriptSource, words: Texts): string =>
  words.documentTitle(oneLine(`${learner.givenNames} ${learner.familyName}`).replace(/[<>&]/g, ' '))

/** Larger documents are mostly attachments, which are compressed already: trying once more would hold up everybody else. */
const largestToCompress = 1_048_576

function attach(doc: PDFKit.PDFDocument, xml: Uint8Array, made: Date, words: Texts): void {
  const inner = doc as unknown as { compress: boolean }
  inner.compress = xml.byteLength <= largestToCompress
  doc.file(Buffer.from(xml), {
    name: embeddedName,
    type: 'application/xml',
    description: words.check.fileDescription,
    creationDate: made,
    modifiedDate: made,
    relationship: 'Source',
  } as never)
  inner.compress = true
}

function writeAttachments(content: Content): void {
  const { elmo, writer, words, options } = content
  const attachments = elmo.attachments ?? []
  if (attachments.length === 0) return
  writer.heading(2, { text: words.attachments.heading })
  writer.paragraph({ text: options.attachmentsBeside === true ? words.attachments.beside : words.attachments.where })
  writer.list(attachmentItems(attachments, content))
}

/** Head and foot of each page, once it is known how many there are. They are decoration: nobody hears them on each page. */
function writeMargins({ elmo, writer, words, options }: Content): void {
  const { doc, setter, left, width } = writer
  const { start, count } = doc.bufferedPageRange()
  const name = oneLine(`${elmo.learner.givenNames} ${elmo.learner.familyName}`)
  const set = (text: string, y: number, right = false) => {
    const line = setter.linesOf(printableText(text), styles.small, width * 0.8)[0]
    if (line !== undefined) setter.draw(line, right ? left + width - setter.widthOf(line) : left, y)
  }
  for (let page = 0; page < count; page++) {
    doc.switchToPage(start + page)
    doc.markContent('Artifact', { type: 'Pagination' })
    set(page === 0 ? words.heading : `${words.heading} – ${name}`, 32)
    set(words.footer(instantText(options.made)), doc.page.height - 40)
    set(words.page(page + 1, count), doc.page.height - 40, true)
    doc.endMarkedContent()
  }
}
