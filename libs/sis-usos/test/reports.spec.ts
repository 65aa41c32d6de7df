import type { Notice, SisContext, SourceReport, Want } from '@emrex-gateway/core'
import { validateElmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { largeRecord, studentOf, type Student } from '@emrex-gateway/testing/population'
import { openUsos, type OpenUsos } from './open-usos.js'

const context: SisContext = { signal: new AbortController().signal, languages: ['pl'], reference: 'reports' }
const everything: Want = { failed: true, inProgress: true }

async function read(opened: OpenUsos, student: Student) {
  const source = opened.connection.source!
  const subject = { claims: [], grant: await opened.grantOf(student) }
  const reports: SourceReport[] = []
  const notices: Notice[] = []
  const [enrolment] = await source.find(subject, context)
  for await (const item of source.reports(enrolment!, everything, context, subject))
    if ('notice' in item) notices.push(item)
    else reports.push(item)
  const results = reports.flatMap(({ learningOpportunitySpecification }) => learningOpportunitySpecification ?? [])
  return { enrolment: enrolment!, reports, notices, results }
}
const byCode = (results: readonly LearningOpportunitySpecification[], code: string) =>
  results.find(({ identifier }) => identifier?.[0]?.value === code)

async function withUsos<Outcome>(
  options: Parameters<typeof openUsos>[0],
  work: (opened: OpenUsos) => Promise<Outcome>,
): Promise<Outcome> {
  const opened = await openUsos(options)
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

describe('reports of USOS', () => {
  it('tell a degree by its diploma, beside the courses, and studies that go on as unfinished', () =>
    withUsos({}, async (opened) => {
      const fia = await read(opened, studentOf('fia'))
      expect(byCode(fia.results, 'BACH')).toEqual({
        identifier: [{ type: 'local', value: 'BACH' }],
        title: [
          { value: 'Bachelor of History', lang: 'pl' },
          { value: 'Bachelor of History in English', lang: 'en' },
        ],
        type: 'Degree Programme',
        instance: { status: 'passed', level: [{ type: 'EQF', value: '6' }] },
      })
      expect(fia.results.map(({ identifier }) => identifier?.[0]?.value).sort()).toEqual([
        'BACH',
        'EXTRA',
        'HIST-1',
        'HIST-2',
      ])
      expect(fia.notices).toEqual([{ notice: 'date-missing', detail: 'BACH' }])
      const ada = await read(opened, studentOf('ada'))
      expect(byCode(ada.results, 'DZ-INF')?.instance.status).toBe('in-progress')
      const learner = fia.enrolment.learner
      expect(validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner, reports: fia.reports })).toEqual([])
    }))

  it('put the spread of grades into words, and hide that of few', () =>
    withUsos({}, async (opened) => {
      const { results, notices } = await read(opened, studentOf('ada'))
      expect(byCode(results, 'MANY-1')?.description).toEqual([
        { value: 'Rozkład ocen: 5,5: 27 %; 4,0: 44 %; 3,0: 18 %; 2,0: 11 %', lang: 'pl' },
        { value: 'Distribution of grades: 5,5: 27 %; 4,0: 44 %; 3,0: 18 %; 2,0: 11 %', lang: 'en' },
      ])
      expect(byCode(results, 'FEW-1')).not.toHaveProperty('description')
      expect(notices).toContainEqual({ notice: 'distribution-left-out', detail: 'FEW-1' })
      expect(JSON.stringify(results)).not.toContain('resultDistribution')
    }))

  it('describe the scales of each installation in its own words', async () => {
    const schemes = async (seat: 'first' | 'second', student: Student) =>
      withUsos({ seat }, async (opened) => (await read(opened, student)).reports[0]!.gradingScheme)
    const first = await schemes('first', studentOf('ada'))
    expect(first?.map(({ localId }) => localId)).toEqual(['STD', 'ZAL'])
    expect(first?.[1]?.description).toEqual([
      { value: 'Zaliczenie: ZAL (zaliczone); NZAL (niezaliczone, bez zaliczenia)', lang: 'pl' },
      { value: 'ZAL: ZAL (passed); NZAL (failed, not a pass)', lang: 'en' },
    ])
    const second = await schemes('second', studentOf('cyra'))
    expect(second?.map(({ localId }) => localId)).toEqual(['EGZ-STD'])
    expect(second?.[0]?.description?.[0]?.value).toMatch(/^Egzamin: 5! \(celujący\); 5 \(bardzo dobry\); 4\.5 /)
  })

  it('print the grades of each installation as given, and name the university that gave them', () =>
    withUsos({ seat: 'second', settings: {} }, async (opened) => {
      const { reports, results } = await read(opened, studentOf('cyra'))
      expect(byCode(results, 'CY-2')?.instance).toMatchObject({ resultLabel: '4.5', status: 'passed' })
      expect(reports[0]?.issuer).toEqual({
        country: 'PL',
        identifier: [{ type: 'schac', value: 'druga.example' }],
        title: [{ value: 'Politechnika Druga', lang: 'pl' }],
        url: opened.usos.baseUrl.replace('http:', 'https:'),
      })
    }))

  it('leave a course without a grade of its own without one, and take its status from the university', () =>
    withUsos({ gradedByUnitsAlone: ['WHOLE'] }, async (opened) => {
      const whole = byCode((await read(opened, studentOf('dilan'))).results, 'WHOLE')!
      expect(whole.instance).not.toHaveProperty('resultLabel')
      expect(whole.instance).not.toHaveProperty('date')
      expect(whole.instance).toMatchObject({ status: 'passed', credit: [{ scheme: 'ects', value: '15' }] })
      expect(whole.parts?.map(({ instance }) => instance.resultLabel).sort()).toEqual(['4,0', 'ZAL'])
    }))

  it('give no status to such a course where an older version does not tell it', () =>
    withUsos(
      { gradedByUnitsAlone: ['WHOLE'], without: ['services/courses/user course_editions[passing_status]'] },
      async (opened) => {
        const { results } = await read(opened, studentOf('dilan'))
        expect(byCode(results, 'WHOLE')?.instance).not.toHaveProperty('status')
        expect(byCode(results, 'OPEN')?.instance).not.toHaveProperty('status')
      },
    ))

  it('hold nothing of the staff that USOS names beside a grade', () =>
    withUsos({}, async (opened) => {
      const { reports, notices } = await read(opened, studentOf('eskil'))
      expect(JSON.stringify([reports, notices, opened.host.lines])).not.toMatch(/Zmyślona|Ewa|oral/)
    }))

  it('ask for courses, terms and scales once, and for a person anew each time', () =>
    withUsos({}, async (opened) => {
      await read(opened, studentOf('ada'))
      const before = opened.usos.called.length
      await read(opened, studentOf('ada'))
      expect(opened.usos.called.slice(before).sort()).toEqual([
        'services/courses/user',
        'services/courses/user_ects_points',
        'services/examrep/user2',
        'services/grades/terms2',
        'services/oauth/access_token',
        'services/oauth/request_token',
        'services/progs/student',
        // Once by the login, and once to find the enrolment.
        'services/users/user',
        'services/users/user',
      ])
    }))

  it('ask for many courses in lists of so many', () => {
    const student: Student = { ...studentOf('bo'), results: { first: largeRecord(250) } }
    return withUsos({ students: [student], settings: { batchSize: 100 } }, async (opened) => {
      const { results } = await read(opened, student)
      expect(results).toHaveLength(251)
      expect(opened.usos.called.filter((name) => name === 'services/courses/courses')).toHaveLength(3)
    })
  })

  it.each([false, true])(
    'lose nothing but the catalogue of a course that left it (whole list refused: %s)',
    (refuses) =>
      withUsos({ notInCatalogue: ['HALF-75'], refusesUnknownIds: refuses }, async (opened) => {
        const { results, notices } = await read(opened, studentOf('ada'))
        expect(notices).toContainEqual({ notice: 'partly-read', detail: 'HALF-75' })
        expect(notices.filter(({ notice }) => notice === 'partly-read')).toHaveLength(1)
        expect(byCode(results, 'HALF-75')).toMatchObject({
          title: [
            { value: 'Algebra', lang: 'pl' },
            { value: 'Algebra in English', lang: 'en' },
          ],
          instance: { resultLabel: '5,5', credit: [{ scheme: 'ects', value: '7.5' }] },
        })
      }),
  )

  it('come from an older version without what it does not have, which is asked for once', () =>
    withUsos({ without: ['services/examrep/user2', 'services/courses/courses description'] }, async (opened) => {
      const first = await read(opened, studentOf('hanna'))
      expect(byCode(first.results, 'HTML-1')).not.toHaveProperty('description')
      await read(opened, studentOf('ada'))
      const asked = (method: string) => opened.usos.called.filter((name) => name === method).length
      expect(asked('services/examrep/user2')).toBe(1)
      expect(asked('services/courses/courses')).toBe(3)
    }))

  it('come even where an installation does not describe its scales, classes and terms, and say what is missing', () => {
    const without = ['services/grades/grade_types', 'services/courses/classtypes_index', 'services/terms/terms']
    return withUsos({ without }, async (opened) => {
      const { results, reports, notices } = await read(opened, studentOf('dilan'))
      const whole = byCode(results, 'WHOLE')!
      expect(whole.instance).toMatchObject({ resultLabel: '4,0', gradingSchemeLocalId: 'STD' })
      expect(reports[0]?.gradingScheme).toEqual([{ localId: 'STD' }, { localId: 'ZAL' }])
      expect(new Set(notices.map(({ notice }) => notice))).toEqual(
        new Set(['title-missing', 'term-incomplete', 'grading-scheme-unknown']),
      )
    })
  })

  it('come without the spread of grades where the leave does not reach so far, and say so', () =>
    withUsos({ closed: ['services/examrep/user2'] }, async (opened) => {
      const { results, notices } = await read(opened, studentOf('ada'))
      expect(byCode(results, 'MANY-1')).not.toHaveProperty('description')
      expect(notices).toContainEqual({ notice: 'distribution-left-out' })
    }))

  it('are not mistaken for complete where a leave does not reach the grades', () =>
    withUsos({ closed: ['services/grades/terms2'] }, async (opened) => {
      await expect(read(opened, studentOf('ada'))).rejects.toMatchObject({ kind: 'expired' })
    }))

  it('need a leave of this very connection', () =>
    withUsos({}, async (opened) => {
      const source = opened.connection.source!
      const { secret } = await opened.grantOf(studentOf('ada'))
      for (const grant of [
        { connection: 'another', secret },
        { connection: 'usos', secret: 'e30' },
      ]) {
        expect(await source.find({ claims: [], grant }, context)).toEqual([])
        const reports = source.reports({} as never, everything, context, { claims: [], grant })
        await expect(reports[Symbol.asyncIterator]().next()).rejects.toMatchObject({ kind: 'expired' })
      }
    }))

  it('end when the leave ran out in between, and are told apart from a key that is refused', () =>
    withUsos({}, async (opened) => {
      const subject = { claims: [], grant: await opened.grantOf(studentOf('ada')) }
      opened.usos.expireGrants()
      const failure = opened.connection.source!.find(subject, context)
      await expect(failure).rejects.toMatchObject({ kind: 'expired', retryable: false })
      expect(opened.usos.called.at(-1)).toBe('services/apisrv/consumer')
    }))
})
