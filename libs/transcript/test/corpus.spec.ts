import { jest } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pickText, readElmo, unpackElmo, type Elmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { describeWithShared, ReadPdf, runsWith } from '@emrex-gateway/testing'
import { transcriptPdf } from '../src/index.js'

jest.setTimeout(1_800_000)
const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
/** Without long tests each so manyth document is made, so that a run takes some seconds. */
const step = isLong ? 1 : 14
/** Reading the structure tree takes poppler seconds for each document: of so many one is read. */
const structureStep = isLong ? 64 : 8

function readable(file: string): { elmo: Elmo; xml: Uint8Array } | undefined {
  try {
    const { xml } = unpackElmo(readFileSync(file))
    return { elmo: readElmo(xml).elmo, xml }
  } catch {
    return undefined
  }
}

/** How each result begins on paper: its number and the first letters of its title; other scripts have tests of their own. */
const beginningsOf = (list: readonly LearningOpportunitySpecification[], above = ''): readonly string[] =>
  list.flatMap(({ title, parts = [] }, index) => {
    const number = `${above}${index + 1}`
    const text = (pickText(title, ['en'])?.value ?? '').replace(/\s/g, '').normalize('NFC')
    // Page breaks put head and foot between words.
    const own = /^[!-ɏ]+$/.test(text) ? [`${number}${text.slice(0, 20)}`] : []
    return [...own, ...beginningsOf(parts, `${number}.`)]
  })

/** How many of these stand nowhere behind the one before. */
function outOfOrder(beginnings: readonly string[], text: string): number {
  const plain = text.replace(/\s/g, '')
  let at = 0
  return beginnings.filter((beginning) => {
    const found = plain.indexOf(beginning, at)
    if (found >= 0) at = found + beginning.length
    return found < 0
  }).length
}

describeWithShared(describe, 'transcriptPdf of the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(xml|txt)$/.test(name))
    .sort()

  it('makes every document that can be read, with its text in reading order, its tags, language and bytes', async () => {
    const looks = runsWith('pdftotext', 'transcriptPdf of the shared corpus')
    const documents = files.map((file) => readable(join(corpus, file))).filter((one) => one !== undefined)
    expect(documents.length).toBeGreaterThan(200)
    const chosen = documents.filter((_, index) => index % step === 0)
    for (const [index, { elmo, xml }] of chosen.entries()) {
      const pdf = new ReadPdf(await transcriptPdf({ elmo, xml }, { language: 'en', made: new Date(0) }))
      if (!looks) continue
      const beginnings = elmo.reports.flatMap(({ learningOpportunitySpecification: list = [] }) => beginningsOf(list))
      // In the order of the document, parts behind their whole: on the pages, and as it is read aloud.
      expect(outOfOrder(beginnings, pdf.text)).toBe(0)
      if (index % structureStep === 0) {
        const heard = pdf.structure.map((line) => line.replace(/^"|"$/g, '')).join(' ')
        expect(outOfOrder(beginnings, heard)).toBe(0)
        expect(pdf.structure.some((line) => line.startsWith('H1'))).toBe(true)
      }
      expect(pdf.info).toMatch(/Tagged: +yes/)
      expect(pdf.raw).toMatch(/\/Type \/Catalog[^]{0,2000}\/Lang \(en\)/)
      expect(Buffer.compare(pdf.attached[0]?.bytes ?? new Uint8Array(), xml)).toBe(0)
    }
    expect(chosen.length).toBeGreaterThan(15)
  })
})
