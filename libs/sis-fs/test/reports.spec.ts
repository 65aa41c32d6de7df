import { wantedReport, type Notice, type SourceReport } from '@emrex-gateway/core'
import { validateElmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { fsSpecialStudent, type FsLanguageKeys } from '@emrex-gateway/testing'
import { largeRecord, studentOf } from '@emrex-gateway/testing/population'
import { fsUnderTest, subjectOf } from './fs-under-test.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const special = { claims: [{ type: 'learnerId', scheme: 'first.example', value: fsSpecialStudent.number }] } as const

async function readSpecial(settings: object = {}, languageKeys: FsLanguageKeys = 'mixed') {
  const fs = await fsUnderTest({ languageKeys }, settings)
  try {
    const source = fs.connection.source!
    const [enrolment] = await source.find(special, context)
    const reports: SourceReport[] = []
    const notices: Notice[] = []
    for await (const item of source.reports(enrolment!, { failed: true, inProgress: true }, context, special))
      if ('notice' in item) notices.push(item)
      else reports.push(item)
    return { enrolment: enrolment!, reports, notices }
  } finally {
    await fs.close()
  }
}
type Read = Awaited<ReturnType<typeof readSpecial>>
const topOf = ({ reports }: Read): readonly LearningOpportunitySpecification[] =>
  reports.flatMap(({ learningOpportunitySpecification = [] }) => learningOpportunitySpecification)
const codesOf = (los: LearningOpportunitySpecification) =>
  los.identifier?.filter(({ type }) => type === 'local').map(({ value }) => value) ?? []
const coded = (read: Read, code: string) => topOf(read).find((los) => codesOf(los).includes(code))
const noticesOf = ({ notices }: Read, code: string) => notices.filter(({ notice }) => notice === code)

describe('reports of sis-fs', () => {
  let read: Read
  beforeAll(async () => {
    read = await readSpecial()
  })

  it('leave out what is not announced, and tell it; an annulled result is not even told', () => {
    expect(coded(read, 'SOON-1')).toBeUndefined()
    expect(coded(read, 'UNSAID-1')).toBeUndefined()
    expect(noticesOf(read, 'not-announced').map(({ detail }) => detail)).toEqual(['SOON-1', 'UNSAID-1'])
    expect(JSON.stringify([read.reports, read.notices])).not.toContain('NULLED')
  })

  it('give no status to a result that FS gives none, so that the core leaves it out', () => {
    expect(coded(read, 'UNCLEAR-1')?.instance).not.toHaveProperty('status')
    const notices: Notice[] = []
    const wanted = wantedReport(read.reports[0]!, { failed: true, inProgress: true }, notices)
    expect(JSON.stringify(wanted)).not.toContain('UNCLEAR')
    expect(notices).toContainEqual({ notice: 'status-unknown' })
  })

  it('keep a weight that overlap has reduced to zero, and convert no old credits', () => {
    expect(coded(read, 'OVERLAP-1')?.instance.credit).toEqual([{ scheme: 'ects', value: '0' }])
    expect(coded(read, 'OLD-VT-1')?.instance.credit).toEqual([{ scheme: 'VT', value: '3.5' }])
    expect(coded(read, 'NEW-VT-1')?.instance.credit).toEqual([{ scheme: 'ects', value: '7.5' }])
    expect(noticesOf(read, 'unit-kept')).toEqual([{ notice: 'unit-kept', detail: 'OLD-VT-1' }])
  })

  it('tell two versions of a course apart, each with its bare code as well', () => {
    expect(codesOf(coded(read, 'TWICE-1')!)).toEqual(['TWICE-1', 'TWICE'])
    expect(codesOf(coded(read, 'TWICE-2')!)).toEqual(['TWICE-2', 'TWICE'])
    expect(coded(read, 'TWICE-2')?.instance.credit).toEqual([{ scheme: 'ects', value: '7.5' }])
  })

  it('give titles in all languages that say something of their own', () => {
    expect(coded(read, 'TWICE-2')?.title).toEqual([
      { value: 'To utgaver', lang: 'nb' },
      { value: 'To utgåver', lang: 'nn' },
      { value: 'Guokte', lang: 'se' },
    ])
    expect(coded(read, 'TWICE-1')?.title).toEqual([{ value: 'To utgaver', lang: 'nb' }])
  })

  it('name the institution of today as issuer, and the one of that time in the description', () => {
    expect(coded(read, 'HARBOUR-1')?.description).toEqual([
      { value: 'Avlagt ved Havnehøgskolen.', lang: 'nb' },
      { value: 'Taken at Harbour College.', lang: 'en' },
    ])
    expect(read.reports[0]!.issuer).toEqual({
      country: 'NO',
      identifier: [
        { type: 'schac', value: 'first.example' },
        { type: 'erasmus', value: 'N EXAMPLE01' },
        { type: 'local', value: '9901' },
      ],
      title: [
        { value: 'Universitetet i Første', lang: 'nb' },
        { value: 'University of First', lang: 'en' },
      ],
      url: 'https://first.example/',
    })
  })

  it('are one for each institution that answers for results', () => {
    expect(read.reports.map(({ issuer }) => issuer.identifier.at(-1)!.value)).toEqual(['9901', '9902'])
    const [, sister] = read.reports
    expect(sister!.learningOpportunitySpecification!.map(codesOf)).toEqual([['SISTER-1', 'SISTER']])
    // The domain of the one institution is not that of another.
    expect(sister!.issuer.identifier.map(({ type }) => type)).toEqual(['erasmus', 'local'])
  })

  it('put a part under its course by the structure of the course, without credits', () => {
    const { parts } = coded(read, 'PARTED-1')!
    expect(parts).toHaveLength(1)
    expect(parts![0]).toMatchObject({
      identifier: [{ type: 'local', value: 'PARTED-1/S' }],
      title: [
        { value: 'Skriftlig', lang: 'nb' },
        { value: 'Skriftleg', lang: 'nn' },
        { value: 'Written', lang: 'en' },
      ],
      type: 'Module',
    })
    expect(parts![0]!.instance).not.toHaveProperty('credit')
  })

  it('leave out a part that the transcript of the institution does not show, and tell it', () => {
    expect(JSON.stringify(read.reports)).not.toContain('Obligatorisk')
    expect(noticesOf(read, 'partly-read')).toEqual([{ notice: 'partly-read', detail: 'PARTED-1' }])
  })

  it('give a course set its courses', () => {
    expect(coded(read, 'SET')).toMatchObject({ type: 'Module', instance: { status: 'passed' } })
    expect(coded(read, 'SET')!.parts!.map(codesOf)).toEqual([['INSET-1', 'INSET']])
  })

  it('carry the title of a thesis, subject, level and link', () => {
    expect(coded(read, 'THESIS-1')).toMatchObject({
      iscedCode: '0222',
      url: 'https://first.example/THESIS',
      description: [
        { value: 'Oppgave: Byen og elva', lang: 'nb' },
        { value: 'Thesis: The town and the river', lang: 'en' },
      ],
      instance: { level: [{ type: 'EQF', value: '7' }] },
    })
    // Two languages are offered; which was used is not known.
    expect(coded(read, 'THESIS-1')!.instance).not.toHaveProperty('languageOfInstruction')
  })

  it('describe a course by the chosen texts of its year, as plain text, one for each language', async () => {
    expect(coded(read, 'TWICE-2')).not.toHaveProperty('description')
    const described = await readSpecial({ descriptionCategories: ['INNHOLD', 'MÅL'] })
    expect(coded(described, 'TWICE-2')!.description).toEqual([
      { value: 'Contents\n\nGoals & more', lang: 'en' },
      { value: 'Innhold', lang: 'nb' },
    ])
  })

  it('carry a key of each result that is the same each time, and is not the one of FS', async () => {
    const keysOf = (one: Read) => topOf(one).map(({ instance }) => instance.identifier![0]!.value)
    expect(keysOf(await readSpecial())).toEqual(keysOf(read))
    expect(new Set(keysOf(read)).size).toBe(topOf(read).length)
    expect(JSON.stringify(read.reports)).not.toContain('sp-thesis')
  })

  it('name the grading rules that they use', () => {
    const scheme = coded(read, 'NUMERIC-1')!.instance.gradingSchemeLocalId
    expect(scheme).toBe('FS-10')
    expect(read.reports[0]!.gradingScheme!.map(({ localId }) => localId).sort()).toEqual(['FS-10', 'FS-30'])
  })

  it('say once that there are no dates, and nothing about it where the settings take the day of recording', async () => {
    expect(noticesOf(read, 'date-missing')).toEqual([{ notice: 'date-missing' }])
    expect(noticesOf(await readSpecial({ resultDate: 'recorded' }), 'date-missing')).toEqual([])
  })

  it('are valid ELMO', () => {
    const { learner } = read.enrolment
    const reports = read.reports.map((report) => wantedReport(report, { failed: true, inProgress: true }, []))
    expect(validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner, reports })).toEqual([])
  })

  it.each(['both', 'new', 'old'] as const)('are the same where FS knows %s language keys', async (languageKeys) => {
    const other = await readSpecial({}, languageKeys)
    const undated = ({ reports }: Read) => reports.map((report) => ({ ...report, issueDate: '' }))
    expect(undated(other)).toEqual(undated(read))
  })

  it('hold every course of a long record, page after page, each once', async () => {
    const lova = { ...studentOf('lova'), results: { first: largeRecord(74) } }
    const fs = await fsUnderTest({ students: [lova], maxPage: 10 })
    try {
      const source = fs.connection.source!
      const [enrolment] = await source.find(subjectOf(lova), context)
      const before = fs.system.requests
      const codes: string[] = []
      for await (const item of source.reports(enrolment!, { failed: true, inProgress: true }, context, special))
        if (!('notice' in item)) codes.push(...item.learningOpportunitySpecification!.flatMap(codesOf))
      expect(codes.filter((code) => code.endsWith('-1'))).toHaveLength(74 + 1)
      expect(new Set(codes).size).toBe(2 * 74)
      expect(fs.system.requests - before).toBe(8)
    } finally {
      await fs.close()
    }
  })
})
