import { jest } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readElmo, unpackElmo, type Elmo } from '@emrex-gateway/elmo'
import { describeWithShared, ReadPdf, runsWith } from '@emrex-gateway/testing'
import { transcriptPdf } from '../src/index.js'

jest.setTimeout(900_000)
const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
/** Without long tests each so manyth document is made, so that a run takes some seconds. */
const step = isLong ? 1 : 14

function readable(file: string): { elmo: Elmo; xml: Uint8Array } | undefined {
  try {
    const { xml } = unpackElmo(readFileSync(file))
    return { elmo: readElmo(xml).elmo, xml }
  } catch {
    return undefined
  }
}

describeWithShared(describe, 'transcriptPdf of the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')
  const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(xml|txt)$/.test(name))
    .sort()

  it('makes every document that can be read, with its text, tags and bytes', async () => {
    const looks = runsWith('pdftotext', 'transcriptPdf of the shared corpus')
    const documents = files.map((file) => readable(join(corpus, file))).filter((one) => one !== undefined)
    expect(documents.length).toBeGreaterThan(200)
    const chosen = documents.filter((_, index) => index % step === 0)
    for (const { elmo, xml } of chosen) {
      const pdf = new ReadPdf(await transcriptPdf({ elmo, xml }, { language: 'en', made: new Date(0) }))
      if (!looks) continue
      const { text } = pdf
      const titles = elmo.reports
        .flatMap(({ learningOpportunitySpecification: list = [] }) => list)
        .flatMap(({ title }) => title.map(({ value }) => value.replace(/\s+/g, ' ').trim()))
      const plain = text.replace(/\s/g, '')
      // Page breaks put head and foot between words, so the beginnings are looked for; other scripts have tests of their own.
      const lost = titles.filter(
        (title) => /^[ -ɏ]+$/.test(title) && !plain.includes(title.replace(/\s/g, '').slice(0, 20)),
      )
      expect(lost.length).toBe(0)
      expect(pdf.info).toMatch(/Tagged: +yes/)
      expect(pdf.raw).toMatch(/\/Type \/Catalog[^]{0,2000}\/Lang \(en\)/)
      expect(Buffer.compare(pdf.attached[0]?.bytes ?? new Uint8Array(), xml)).toBe(0)
    }
    expect(chosen.length).toBeGreaterThan(15)
  })
})
