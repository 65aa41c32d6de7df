import fc from 'fast-check'
import { jest } from '@jest/globals'
import type { Elmo, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { describeWith, ReadPdf } from '@emrex-gateway/testing'
import { transcriptPdf } from '../src/index.js'
import { course, documentOf } from './invented-documents.js'

jest.setTimeout(900_000)
const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
const options = { language: 'en', made: new Date(0) }

/** Texts as no producer should write them: any unit, also halves of characters, controls, marks without a letter. */
const unit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom(
    '🎓',
    '👩‍🎓',
    'é',
    'e\u0301',
    'ש',
    'ع',
    '(',
    ')',
    '12',
    ' ',
    '\n',
    '中',
    'ʼ',
    '\u200d',
    '\ufe0f',
    'Word',
    '<b>',
    '&amp;',
  ),
)
const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const texts = fc.array(fc.record({ lang: maybe(text), value: text }), { maxLength: 3 })
const identifiers = fc.array(fc.record({ type: text, value: text }), { maxLength: 2 })
const issuer = fc.record({ country: maybe(text), identifier: identifiers, title: texts, url: text })
const attachment = fc.record({ title: texts, type: maybe(text), description: texts, content: texts })

const { los } = fc.letrec<{ los: LearningOpportunitySpecification }>((tie) => ({
  los: fc.record({
    identifier: identifiers,
    title: texts,
    type: text,
    description: texts,
    descriptionHtml: texts,
    parts: fc.oneof({ maxDepth: 2 }, fc.constant([]), fc.array(tie('los'), { maxLength: 2 })),
    instance: fc.record({
      start: maybe(text),
      date: text,
      status: maybe(text),
      gradingSchemeLocalId: text,
      resultLabel: text,
      languageOfInstruction: text,
      academicTerm: maybe(fc.record({ title: texts, start: text, end: text })),
      credit: fc.array(fc.record({ scheme: text, value: maybe(text) }), { maxLength: 2 }),
      level: fc.array(fc.record({ type: text, value: maybe(text) }), { maxLength: 2 }),
      shortenedGrading: maybe(fc.record({ percentageLower: text, percentageEqual: text, percentageHigher: text })),
      resultDistribution: maybe(
        fc.record({
          category: fc.array(fc.record({ label: text, count: text }), { maxLength: 3 }),
          description: texts,
        }),
      ),
      diplomaSupplement: maybe(
        fc.record({
          lang: maybe(text),
          version: text,
          issueDate: text,
          introduction: text,
          section: fc.array(
            fc.record({ number: text, title: text, content: fc.record({ type: maybe(text), value: text }) }),
            {
              maxLength: 2,
            },
          ),
        }),
      ),
    }),
  }) as fc.Arbitrary<LearningOpportunitySpecification>,
}))

const documents = fc.record({
  generatedDate: text,
  learner: fc.record({ givenNames: text, familyName: text, bday: maybe(text), identifier: identifiers }),
  reports: fc.array(
    fc.record({
      issuer,
      issueDate: text,
      learningOpportunitySpecification: fc.array(los, { maxLength: 3 }),
      gradingScheme: fc.array(fc.record({ localId: text, description: texts }), { maxLength: 2 }),
      attachment: fc.array(attachment, { maxLength: 2 }),
    }),
    { maxLength: 3 },
  ),
  attachments: fc.array(attachment, { maxLength: 2 }),
}) as fc.Arbitrary<Elmo>

describeWith(describe, 'pdftotext', 'transcriptPdf of documents that nobody would write', () => {
  it('makes a tagged PDF of any texts, and poppler complains of nothing', async () => {
    await fc.assert(
      fc.asyncProperty(documents, text, async (elmo, number) => {
        const xml = new TextEncoder().encode(number)
        const receipt = { number, url: number }
        const left = [{ title: number, lang: number, code: number }]
        const pdf = new ReadPdf(await transcriptPdf({ elmo, xml }, { ...options, receipt, left }))
        expect(pdf.info).toMatch(/Tagged: +yes/)
        expect(pdf.text).toContain('How to check this transcript')
        expect(Buffer.compare(pdf.attached[0]?.bytes ?? new Uint8Array(), xml)).toBe(0)
      }),
      { numRuns: isLong ? 1000 : 5, seed: 20260301, endOnFailure: true },
    )
  })

  it('makes 2,000 results, in their order', async () => {
    const results = Array.from({ length: 2000 }, (_, index) => course(`Course${index}`))
    const pdf = new ReadPdf(await transcriptPdf({ elmo: documentOf(...results) }, options))
    const found = [...pdf.text.matchAll(/\bCourse(\d+)\b/g)].map(([, number]) => Number(number))
    expect(found).toEqual(results.map((_, index) => index))
    expect(pdf.text).toContain('1 Course0')
  })

  it('makes parts that are 60 levels deep', async () => {
    let deep = course('Deepest')
    for (let level = 0; level < 60; level++) deep = course(`Level${level}`, { parts: [deep] })
    const { text } = new ReadPdf(await transcriptPdf({ elmo: documentOf(deep) }, options))
    expect(text).toContain('Level59')
    expect(text).toContain('Deepest')
  })
})
