import { sisContext, wantedReport, type Notice, type SourceReport, type Want } from '@emrex-gateway/core'
import { validateElmo } from '@emrex-gateway/elmo'
import { ladokOwnStudent, startLadok, type LadokStandIn, type LadokStudent } from '@emrex-gateway/testing'
import { largeRecord, studentOf, students } from '@emrex-gateway/testing/population'
import { connectLadok, type ConnectOptions } from './connect-ladok.js'
import { subjectOf } from './subject-of.js'

const context = sisContext(60, 'reports')
const everything: Want = { failed: true, inProgress: true }
const busy: LadokStudent = {
  ...studentOf('bo'),
  key: '1d0a6b1e-0000-4000-8000-000000007474',
  results: { first: largeRecord(74) },
}

describe('readReports', () => {
  let ladok: LadokStandIn
  beforeAll(async () => {
    ladok = await startLadok({ students: [...students, ladokOwnStudent, busy] })
  })
  afterAll(() => ladok.close())

  /** The one report of each student, read one after the other through one connection. */
  async function read(
    who: readonly LadokStudent[],
    settings: object = {},
    want = everything,
    more: ConnectOptions = {},
  ) {
    const { connection, close } = await connectLadok(ladok, { ...more, settings })
    const notices: Notice[] = []
    const reports: SourceReport[] = []
    const requests: number[] = []
    try {
      for (const student of who) {
        const before = ladok.requests
        const subject = subjectOf(student)
        const [enrolment] = await connection.source!.find(subject, context)
        for await (const item of connection.source!.reports(enrolment!, want, context, subject))
          if ('notice' in item) notices.push(item)
          else {
            expect(
              validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner: enrolment!.learner, reports: [item] }),
            ).toEqual([])
            reports.push(wantedReport(item, want, notices))
          }
        requests.push(ladok.requests - before)
      }
    } finally {
      await close()
    }
    const results = reports.flatMap((report) => report.learningOpportunitySpecification ?? [])
    const of = (code: string) => results.find(({ identifier }) => identifier?.[0]?.value === code)
    return { reports, results, notices, requests, of }
  }

  it('asks for attested results, never for drafts, and gives no name of staff', async () => {
    const before = ladok.asked.length
    const { reports } = await read(students.filter((student) => student.protected !== true))
    const asked = ladok.asked.slice(before)
    expect(asked.some((path) => path.startsWith('/resultat/studentresultat/attesterade/student/'))).toBe(true)
    expect(asked.filter((path) => path.startsWith('/resultat/resultat/'))).toEqual([])
    expect(JSON.stringify(reports)).not.toContain('Examinatorsson')
  })

  it('names results by Ladok’s own keys beside the course code', async () => {
    const { of } = await read([studentOf('ada')])
    const { identifier, instance } = of('HALF-75')!
    expect(identifier!.map(({ type }) => type)).toEqual(['local', 'ladok-utbildning', 'ladok-instans'])
    expect(instance.identifier!.map(({ type }) => type)).toEqual(['ladok-resultat'])
  })

  it('explains each scale that it uses: all grades in their order, and which of them pass', async () => {
    const { reports } = await read([studentOf('eskil')])
    const scales = new Map(reports[0]!.gradingScheme!.map(({ localId, description }) => [localId, description]))
    expect([...scales.keys()].sort()).toEqual(['131657', '2'])
    expect(scales.get('2')!.find(({ lang }) => lang === 'en')!.value).toBe(
      'UG: U (Grade U, not passed); G (Grade G, passed)',
    )
    expect(scales.get('131657')!.find(({ lang }) => lang === 'sv')!.value).toMatch(
      /: A \(.*; F \(Betyg F, ej godkänd\)$/,
    )
  })

  it('puts the title of a thesis into the description, in both languages', async () => {
    const { of } = await read([ladokOwnStudent])
    expect(of('THESIS')!.description).toEqual([
      { lang: 'sv', value: 'Arbetets titel: Om prov' },
      { lang: 'en', value: 'Title of the work: On tests' },
    ])
  })

  it('says how much of a course was credited, and keeps its grade', async () => {
    const { of, notices } = await read([ladokOwnStudent])
    const partly = of('PARTLY')!
    expect(partly.instance).toMatchObject({ resultLabel: 'C', credit: [{ scheme: 'ects', value: '7.5' }] })
    expect(partly.description![0]!.value).toBe('Delvis tillgodoräknat: 2.5 HP')
    expect(notices).toContainEqual({ notice: 'recognised-elsewhere', detail: 'PARTLY' })
  })

  it('gives what was credited as a whole without code and grade', async () => {
    const { results } = await read([studentOf('gus')])
    const credited = results.find(({ title }) => title[0]!.value === 'French')!
    expect(credited.identifier!.map(({ type }) => type)).toEqual(['ladok-utbildning', 'ladok-instans'])
    expect(credited.instance).toMatchObject({ status: 'passed', credit: [{ scheme: 'ects', value: '5' }] })
    expect(credited.instance.resultLabel).toBeUndefined()
    expect(credited.description).toContainEqual({ lang: 'en', value: 'Studied elsewhere and recognised here' })
  })

  it('keeps an unfinished course over its passed modules, without credits of its own', async () => {
    const { of } = await read([studentOf('dilan')])
    const open = of('OPEN')!
    expect(open.instance).toEqual({ status: 'in-progress' })
    expect(open.parts!.map(({ instance }) => [instance.status, instance.credit])).toEqual([
      ['passed', [{ scheme: 'ects', value: '1.5' }]],
    ])
  })

  it('gives the modules of an unfinished course alone where the settings say so', async () => {
    const { of, notices } = await read([studentOf('dilan')], { unfinishedCourses: 'modules-only' })
    expect([of('OPEN'), of('DONE-1')?.type]).toEqual([undefined, 'Module'])
    expect(notices).toEqual([])
  })

  it('gives an annulled result and a course that was given up to nobody, also when all is wanted', async () => {
    const { results, of } = await read([studentOf('eskil')])
    expect(of('ANNULLED')).toBeUndefined()
    expect(results.map(({ instance }) => instance.status).sort()).toEqual(['failed', 'in-progress', 'passed'])
  })

  it('reads degrees over their courses where that is turned on, and none that was taken back', async () => {
    const { results, of } = await read([studentOf('fia')], { degrees: true })
    const degree = of('BACH')!
    expect(degree).toMatchObject({
      type: 'Degree Programme',
      instance: { status: 'passed', date: '2024-06-14', credit: [{ scheme: 'ects', value: '180' }] },
    })
    expect(degree.instance.resultLabel).toBeUndefined()
    expect(degree.parts!.map(({ identifier }) => identifier![0]!.value).sort()).toEqual(['HIST-1', 'HIST-2'])
    expect(results.map(({ identifier }) => identifier![0]!.value).sort()).toEqual(['BACH', 'EXTRA'])
  })

  it('asks for no degrees by default', async () => {
    const before = ladok.asked.length
    const { results } = await read([studentOf('fia')])
    expect(results).toHaveLength(3)
    expect(ladok.asked.slice(before).filter((path) => path.startsWith('/examen/'))).toEqual([])
  })

  it('says in two languages to which programme a course belongs, unless that is turned off', async () => {
    const { of } = await read([studentOf('fia')])
    expect(of('HIST-1')!.description).toEqual([
      { lang: 'sv', value: 'Ingår i: Bachelor of History' },
      { lang: 'en', value: 'Part of: Bachelor of History in English' },
    ])
    expect(of('EXTRA')!.description).toBeUndefined()
    expect((await read([studentOf('fia')], { programmes: false })).of('HIST-1')!.description).toBeUndefined()
  })

  it('asks once for what courses and scales are: 74 courses cold, and three requests more when warm', async () => {
    const { requests, results } = await read([busy, busy])
    expect(results).toHaveLength(148)
    // The student, results, participation and programmes; the university, two scales, levels and languages; the courses.
    expect(requests).toEqual([4 + 5 + 74, 4])
  })

  it('does without a request for each course where level and language are not wanted', async () => {
    const { requests, of } = await read([studentOf('ada')], { courseDetails: false })
    expect(requests).toEqual([4 + 3])
    expect(of('HALF-75')!.instance.languageOfInstruction).toBeUndefined()
  })

  it('names the university as Ladok does, with the codes of the settings', async () => {
    const institution = { schac: 'norrberg.example', erasmus: 'S NORRBE01', pic: '999999999' }
    const { reports } = await read([studentOf('ada')], { institution })
    expect(reports[0]!.issuer).toEqual({
      country: 'SE',
      identifier: [
        { type: 'schac', value: 'norrberg.example' },
        { type: 'erasmus', value: 'S NORRBE01' },
        { type: 'pic', value: '999999999' },
        { type: 'local', value: 'NBU' },
      ],
      title: [
        { value: 'Norrbergs universitet', lang: 'sv' },
        { value: 'University of Norrberg', lang: 'en' },
      ],
      url: 'https://www.norrberg.example/',
    })
  })
})
