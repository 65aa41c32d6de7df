import type { Elmo, LearningOpportunityInstance, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { importItems } from './import-items.js'

const los = (
  code: string,
  instance: LearningOpportunityInstance,
  parts: LearningOpportunitySpecification[] = [],
): LearningOpportunitySpecification => ({
  identifier: [{ type: 'local', value: code }],
  title: [
    { value: `Emne ${code}`, lang: 'nb' },
    { value: `Course ${code}`, lang: 'en' },
  ],
  instance,
  parts,
})

const elmo = (...results: LearningOpportunitySpecification[]): Elmo => ({
  generatedDate: '2025-07-01T00:00:00Z',
  learner: { givenNames: 'Ada', familyName: 'Nordmann' },
  reports: [
    {
      issuer: { identifier: [{ type: 'schac', value: 'fjell.example' }], title: [{ value: 'Fjell' }], url: '' },
      learningOpportunitySpecification: results,
      issueDate: '2025-07-01T00:00:00Z',
    },
  ],
})

describe('importItems', () => {
  it('numbers results in document order and tells parts from wholes', () => {
    const items = importItems(elmo(los('A', {}, [los('A1', {}), los('A2', {})]), los('B', {})))
    expect(items.map(({ item_no, parent_item_no, code }) => [item_no, parent_item_no, code])).toEqual([
      [1, null, 'A'],
      [2, 1, 'A1'],
      [3, 1, 'A2'],
      [4, null, 'B'],
    ])
  })

  it('keeps decimals and dates as text, and zero credits apart from none', () => {
    const [zero, none, both] = importItems(
      elmo(
        los('Z', { credit: [{ scheme: 'ECTS', value: '0' }], date: '2025-01-31' }),
        los('N', {}),
        los('B', {
          credit: [
            { scheme: 'sp', value: '3' },
            { scheme: 'ects', value: '7.5' },
          ],
        }),
      ),
    )
    expect(zero).toMatchObject({ credits: '0', credit_scheme: 'ECTS', date: '2025-01-31', issuer: 'fjell.example' })
    expect(none).toMatchObject({ credits: null, credit_scheme: null, date: null, grade: null, status: null })
    expect(both).toMatchObject({ credits: '7.5', credit_scheme: 'ects' })
  })

  it('takes the credits that were shown and counted: the first in ECTS that have a value', () => {
    const credits = (...values: (string | undefined)[]) =>
      los('C', { credit: values.map((value) => ({ scheme: 'ECTS', ...(value === undefined ? {} : { value }) })) })
    const fallen = los('F', { credit: [{ scheme: ' ects ' }, { scheme: 'sp', value: '3' }] })
    const items = importItems(elmo(credits(undefined, '7.5'), credits('', '7,5'), fallen))
    expect(items.map((item) => [item.credits, item.credit_scheme])).toEqual([
      ['7.5', 'ECTS'],
      ['7,5', 'ECTS'],
      ['3', 'sp'],
    ])
  })

  it('gives the EQF level alone, however its type is written, and no level that there is not', () => {
    const level = (type: string, value: string) => los('L', { level: [{ type, value }] })
    const stated = [
      level('eqf', ' 6 '),
      level('EQF', 'Bachelor'),
      los('O', { credit: [{ scheme: 'ects', level: 'Master' }] }),
    ]
    expect(importItems(elmo(...stated)).map((item) => item.level)).toEqual(['6', null, '7'])
  })

  it('knows the domain of an issuer however its type is written, and takes none that is empty', () => {
    const issuerOf = (type: string, value: string) => {
      const document = elmo(los('A', {}))
      const [report] = document.reports
      const issuer = { ...report!.issuer, identifier: [{ type, value }] }
      return importItems({ ...document, reports: [{ ...report!, issuer }] })[0]!.issuer
    }
    expect([issuerOf('SCHAC', 'fjell.example'), issuerOf('schac', ' '), issuerOf('erasmus', 'N FJELL01')]).toEqual([
      'fjell.example',
      'Fjell',
      'Fjell',
    ])
  })

  it('names the English title beside the original', () => {
    expect(importItems(elmo(los('A', {})))[0]).toMatchObject({ title: 'Emne A', title_en: 'Course A' })
  })

  it('passes over an empty title, where another language has one', () => {
    const title = [
      { value: '', lang: 'en' },
      { value: 'Emne A', lang: 'nb' },
    ]
    expect(importItems(elmo({ ...los('A', {}), title }))[0]).toMatchObject({ title: 'Emne A', title_en: null })
  })

  it('gives the day of a date that has a zone behind it, as ELMO allows: columns take days', () => {
    const dates = ['2025-01-31Z', '2025-01-31+02:00', '2025-01-31-14:00', '2025-01-31'].map((date) =>
      los('A', { date }),
    )
    expect(importItems(elmo(...dates)).map(({ date }) => date)).toEqual(Array(4).fill('2025-01-31'))
  })
})
