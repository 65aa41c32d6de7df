import type { Notice, SourceReport } from '@emrex-gateway/core'
import { creditSum, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { officialProblemsOf, restSubjectOf } from '@emrex-gateway/testing'
import { studentOf } from '@emrex-gateway/testing/population'
import { openRest } from './rest-under-test.js'

/** As systems write that learned ELMO from an early draft: written anew from the list of what such documents contain. */
const course = (code: string, title: string, grade: string, more = '') =>
  `<learningOpportunitySpecification><identifier>${code}</identifier><title xml:lang="en">${title}</title><type>Course</type>
   <specifies><learningOpportunityInstance><date>2024-01-31Z</date>
   <academicTerm><title>E98</title></academicTerm><resultLabel>${grade}</resultLabel>
   <credit><scheme>ECTS</scheme><level>-</level><value>10.000</value></credit>${more}
   </learningOpportunityInstance></specifies></learningOpportunitySpecification>`
const document = (results: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><elmo><generatedDate>2026-01-01</generatedDate>
   <learner><identifier>not-typed</identifier><givenNames>Ada</givenNames><familyName>Prøve</familyName></learner>
   <report>${results}<issueDate>2026-01-01+01:00</issueDate></report></elmo>`

const danish = {
  statusByGrade: { passed: ['12', '10', '7', '4', '02', 'BE'], failed: ['00', '-3', 'IB'] },
  titleLanguage: 'da',
}
const enough = [
  course('MAT1', 'MAT1 Algebra', '7'),
  course('MAT2', 'Analyse (MAT2)', '12'),
  course('MAT3', 'Statistik', '00'),
  course('MAT4', 'Topologi', '-3'),
  course('MAT5', 'Geometri', 'ukendt'),
].join('')

async function readFrom(body: string, settings: object = danish) {
  const instead = () => ({ headers: { 'content-type': 'application/xml' }, body })
  const { connection, close } = await openRest({ instead }, settings)
  try {
    const source = connection.source!
    const context = { signal: new AbortController().signal, languages: ['da'], reference: 'stads' }
    const subject = restSubjectOf(studentOf('ada'))
    const [enrolment] = await source.find(subject, context)
    const reports: SourceReport[] = []
    const notices: Notice[] = []
    for await (const item of source.reports(enrolment!, { failed: true, inProgress: true }, context, subject))
      if ('notice' in item) notices.push(item)
      else reports.push(item)
    const results = reports.flatMap(({ learningOpportunitySpecification = [] }) => learningOpportunitySpecification)
    const of = (code: string): LearningOpportunitySpecification =>
      results.find(({ identifier }) => identifier?.[0]?.value === code)!
    return { reports, notices, of, learner: enrolment!.learner, told: notices.map(({ notice }) => notice) }
  } finally {
    await close()
  }
}

describe('a system that writes ELMO as STADS does', () => {
  it('is repaired where there is one plain meaning, each repair a notice', async () => {
    const { of, notices, reports } = await readFrom(document(enough))
    expect(of('MAT1')).toEqual({
      identifier: [{ type: 'local', value: 'MAT1' }],
      title: [{ value: 'Algebra', lang: 'da' }],
      type: 'Course',
      instance: { date: '2024-01-31', status: 'passed', resultLabel: '7', credit: [{ scheme: 'ects', value: '10' }] },
    })
    expect(of('MAT2').title).toEqual([{ value: 'Analyse', lang: 'da' }])
    const repairs = notices.filter(({ notice }) => notice === 'repaired').map(({ detail }) => detail)
    expect(repairs.sort()).toEqual([
      'credit scheme',
      'credits',
      'date',
      'identifier type',
      'issue date',
      'issuer',
      'status',
      'title',
    ])
    for (const notice of ['level-unknown', 'term-incomplete'])
      expect(notices).toContainEqual({ notice, detail: 'MAT1' })
    expect(reports[0]).toMatchObject({
      issuer: {
        identifier: [{ type: 'schac', value: 'first.example' }],
        title: [{ value: 'University number first' }],
      },
      issueDate: '2026-01-01T00:00:00Z',
    })
  })

  it('never has a failed grade without a status taken for passed, nor an unknown one', async () => {
    const { of } = await readFrom(document(enough))
    expect(['MAT3', 'MAT4', 'MAT5'].map((code) => of(code).instance.status)).toEqual(['failed', 'failed', undefined])
  })

  it('tells no grade without the lists of the settings', async () => {
    const { of } = await readFrom(document(enough), {})
    expect(['MAT1', 'MAT3'].map((code) => of(code).instance.status)).toEqual([undefined, undefined])
  })

  it('passes what has no status only where the settings say that nothing else is given; a failed grade stays failed', async () => {
    const { of } = await readFrom(document(enough), { ...danish, withoutStatus: 'passed' })
    expect(['MAT3', 'MAT5'].map((code) => of(code).instance.status)).toEqual(['failed', 'passed'])
  })

  it('is valid by the official schema afterwards', async () => {
    const { reports, learner } = await readFrom(document(enough), { ...danish, withoutStatus: 'passed' })
    const elmo = { generatedDate: '2026-01-01T00:00:00Z', learner, reports }
    expect(officialProblemsOf([elmo])).toEqual([])
    expect(creditSum(elmo).ects).toBe('30')
  })

  it.each([
    ['credits that are no number', course('X', 'X', '7').replace('10.000', 'ten'), 'credits-unreadable'],
    ['a date that is no day', course('X', 'X', '7').replace('2024-01-31Z', '2024-02-30'), 'date-unreadable'],
    [
      'hours that are no number',
      course('X', 'X', '7', '<engagementHours>about 60</engagementHours>'),
      'hours-unreadable',
    ],
    ['a level without a value', course('X', 'X', '7', '<level><type>EQF</type></level>'), 'level-unknown'],
    [
      'a language that is none',
      course('X', 'X', '7', '<languageOfInstruction>dansk</languageOfInstruction>'),
      'language-unknown',
    ],
    ['a title that is missing', course('X', '', '7'), 'title-missing'],
  ])('leaves out %s, and says so', async (_, result, notice) => {
    expect((await readFrom(document(result))).told).toContain(notice)
  })

  it('is refused where repair does not help, without a value of the document', async () => {
    const broken = course('X', 'X', '7').replace('<type>Course</type>', '<type>Kursus i hemmelighed</type>')
    const failure: unknown = await readFrom(document(broken)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ name: 'SisError', kind: 'bad-data' })
    expect((failure as Error).message).toMatch(/^the results break ELMO at \/elmo\/report/)
    expect((failure as Error).message).not.toContain('hemmelighed')
  })
})
