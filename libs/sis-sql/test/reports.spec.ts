import type { SourceReport, Subject, Want } from '@emrex-gateway/core'
import { recordingHost } from '@emrex-gateway/testing'
import { sqlSettings, sqlSisPlugin } from '../src/index.js'
import { makeFixtureDatabase, type FixtureDatabase, type Rows } from './fixture-database.js'
import { esi } from './fixture-rows.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const made: FixtureDatabase[] = []
type Cells = Record<string, string | number | Uint8Array | null>

/** Reads the one report of one person who has the results given, in a university without much else. */
async function read(
  rows: Rows,
  { views, want, ...more }: { views?: string[]; want?: Want } & Record<string, unknown> = {},
) {
  const database = await makeFixtureDatabase(
    {
      institution: [{ institution_code: 'U', title: 'Uni', title_lang: 'en', country: 'no' }],
      person: [{ person_key: 'p', institution_code: 'U', given_names: 'Bo', family_name: 'Tomsen', esi: esi('2') }],
      ...rows,
    },
    views,
  )
  made.push(database)
  const settings = sqlSettings.parse({ client: 'sqlite', file: database.file, ...more })
  const connection = await sqlSisPlugin.create(settings, recordingHost({ now: () => new Date(0) }), 'uni')
  const reports: SourceReport[] = []
  const notices: string[] = []
  const details: (string | undefined)[] = []
  try {
    const subject: Subject = { claims: [{ type: 'esi', value: esi('2') }] }
    const [enrolment] = await connection.source!.find(subject, context)
    for await (const item of connection.source!.reports(
      enrolment!,
      want ?? { failed: false, inProgress: false },
      context,
      subject,
    )) {
      if ('notice' in item) {
        notices.push(item.notice)
        details.push(item.detail)
      } else reports.push(item)
    }
  } finally {
    await connection.close()
  }
  const results = reports[0]?.learningOpportunitySpecification ?? []
  return { report: reports[0], reports, notices, details, results, first: results[0] }
}

const result = (more: Cells = {}): Cells => ({
  person_key: 'p',
  institution_code: 'U',
  result_key: 'r1',
  code: 'R1',
  title: 'Course',
  status: 'passed',
  date: '2025-06-01',
  ...more,
})

describe('reports', () => {
  afterAll(() => made.forEach((database) => database.remove()))

  it('names the issuer with what is known, and by its code when nothing else is', async () => {
    const { report } = await read({ result: [result()] })
    expect(report).toMatchObject({
      issuer: {
        country: 'NO',
        identifier: [{ type: 'local', value: 'U' }],
        title: [{ value: 'Uni', lang: 'en' }],
        url: '',
      },
      issueDate: '1970-01-01T00:00:00.000Z',
    })
  })

  it('reads a database that has only the required views', async () => {
    const { results } = await read({ result: [result()] }, { views: ['person', 'institution', 'result'] })
    expect(results).toHaveLength(1)
  })

  it('carries every column of a result', async () => {
    const { first, notices } = await read({
      result: [
        result({
          los_type: 'Course',
          title: 'Fysikk',
          title_lang: 'nb',
          title_en: 'Physics',
          credits: '7.50',
          credit_scheme: 'ECTS',
          level: 'Bachelor',
          eqf_level: '6',
          grade: 'B',
          term: '2025 VÅR',
          term_lang: 'nb',
          term_start: '2025-01-01',
          term_end: '2025-06-30',
          language: 'EN',
          engagement_hours: '60',
          isced: '0533',
          subject_area: '13.2',
          description: 'Line one\nLine two',
          description_lang: 'en',
        }),
      ],
    })
    expect(notices).toEqual([])
    expect(first).toEqual({
      identifier: [{ type: 'local', value: 'R1' }],
      title: [
        { value: 'Fysikk', lang: 'nb' },
        { value: 'Physics', lang: 'en' },
      ],
      type: 'Course',
      subjectArea: '13.2',
      iscedCode: '0533',
      description: [{ value: 'Line one\nLine two', lang: 'en' }],
      instance: {
        date: '2025-06-01',
        academicTerm: { title: [{ value: '2025 VÅR', lang: 'nb' }], start: '2025-01-01', end: '2025-06-30' },
        status: 'passed',
        resultLabel: 'B',
        credit: [{ scheme: 'ects', value: '7.5' }],
        level: [
          { type: 'EQF', value: '6' },
          { type: 'NQF', value: 'Bachelor' },
        ],
        languageOfInstruction: 'en',
        engagementHours: '60',
      },
    })
  })

  it('leaves out what it cannot vouch for, and says so', async () => {
    const { first, notices } = await read({
      result: [
        result({
          code: null,
          los_type: 'Thesis',
          credits: 'ten',
          term: 'Autumn',
          term_start: '2025-08-01',
          language: 'nob',
          date: '01.06.2025',
          eqf_level: '9',
          engagement_hours: 'about 60',
        }),
        result({ result_key: 'r2', engagement_hours: '0.0' }),
      ],
    })
    expect(first).toEqual({ title: [{ value: 'Course' }], instance: { status: 'passed' } })
    expect(notices.sort()).toEqual(
      [
        'code-missing',
        'credits-unreadable',
        'date-unreadable',
        'hours-unreadable',
        'language-unknown',
        'level-unknown',
        'term-incomplete',
        'type-unknown',
      ].sort(),
    )
  })

  it('keeps a credit scheme of its own name, and takes the default from the settings', async () => {
    const credit = async (more: Cells, settings = {}) =>
      (await read({ result: [result({ credits: '5', ...more })] }, settings)).first?.instance.credit?.[0]?.scheme
    expect(await credit({ credit_scheme: 'hp' })).toBe('hp')
    expect(await credit({})).toBe('ects')
    expect(await credit({}, { creditScheme: 'CFU' })).toBe('CFU')
  })

  it('makes plain text of HTML', async () => {
    const { first } = await read({
      result: [result({ description_html: '<p>Read <i>this</i></p><script>x</script>' })],
    })
    expect(first?.description).toEqual([{ value: 'Read this' }])
    expect(first?.descriptionHtml).toBeUndefined()
  })

  it('describes a grading scheme in the words of the view, or by its labels, or not at all', async () => {
    const scheme = (name: string, label: string, ordinal: number, more: Cells = {}) => ({
      institution_code: 'U',
      scheme: name,
      label,
      ordinal,
      ...more,
    })
    const words = { description: 'One is best', description_lang: 'en' }
    const { report, notices } = await read({
      result: ['1-2', 'B-A', 'lost'].map((name, index) =>
        result({ result_key: `r${index}`, grading_scheme: name, grade: '1' }),
      ),
      grading_scheme: [
        scheme('1-2', '1', 1, words),
        scheme('1-2', '2', 2, words),
        scheme('B-A', 'B', 2),
        scheme('B-A', 'A', 10),
        scheme('unused', 'x', 1),
        { ...scheme('1-2', '1', 1, { description: 'Of another university' }), institution_code: 'V' },
      ],
    })
    expect(report?.gradingScheme).toEqual([
      { localId: '1-2', description: [{ value: 'One is best', lang: 'en' }] },
      { localId: 'B-A', description: [{ value: 'B, A' }] },
      { localId: 'lost' },
    ])
    expect(notices).toEqual(['grading-scheme-unknown'])
  })

  it('shows a distribution only when enough people stand behind it', async () => {
    const rows: Rows = {
      result: [result(), result({ result_key: 'r2' })],
      distribution: [
        { result_key: 'r1', label: 'A', count: 4 },
        { result_key: 'r1', label: 'F', count: 0 },
        { result_key: 'r2', label: 'A', count: 4 },
        { result_key: 'r2', label: 'F', count: 1 },
      ],
    }
    const { results, notices, details } = await read(rows)
    expect([notices, details]).toEqual([['distribution-left-out'], ['R1']])
    expect(results.map(({ instance }) => instance.resultDistribution?.category)).toEqual([
      undefined,
      [
        { label: 'A', count: '4' },
        { label: 'F', count: '1' },
      ],
    ])
  })

  it('hangs a Diploma Supplement on its degree', async () => {
    const { first } = await read({
      result: [result({ los_type: 'Degree Programme' })],
      ds_section: [
        { result_key: 'r1', number: '2', title: 'Qualification', lang: 'en' },
        { result_key: 'r1', number: '2.1', title: 'Name', content: 'Master', lang: 'en' },
      ],
    })
    expect(first?.instance.diplomaSupplement?.section).toEqual([
      {
        number: '2',
        title: 'Qualification',
        section: [{ number: '2.1', title: 'Name', content: { value: 'Master' } }],
      },
    ])
  })

  it('leaves out attachments of other results, other institutions and beyond the limit', async () => {
    const attachment = (key: string, more: Cells = {}): Cells => ({
      person_key: 'p',
      attachment_key: key,
      mime: 'application/pdf',
      type: 'Transcript',
      content: Buffer.from('%PDF'),
      ...more,
    })
    const { report, notices } = await read(
      {
        result: [result(), result({ result_key: 'r2', status: 'withdrawn' })],
        attachment: [
          attachment('a1'),
          attachment('a2', { result_key: 'r1', mime: 'text/html"><script>' }),
          attachment('a3', { result_key: 'r2' }),
          attachment('a4', { institution_code: 'V' }),
          attachment('a5', { person_key: 'q' }),
          attachment('a6', { content: Buffer.alloc(11) }),
        ],
      },
      { attachmentMaxBytes: 10 },
    )
    expect(report?.attachment).toEqual([
      {
        identifier: [{ type: 'internal', value: 'U/a1' }],
        type: 'Other',
        content: [{ value: '' }],
      },
      {
        identifier: [{ type: 'internal', value: 'U/a2' }],
        type: 'Other',
        content: [{ value: '' }],
      },
    ])
    expect(report?.lazyAttachments).toEqual([
      { id: 'U/a1', key: 'a1', mediaType: 'application/pdf', bytes: 4 },
      { id: 'U/a2', key: 'a2', mediaType: 'application/octet-stream', bytes: 4 },
    ])
    expect(report?.learningOpportunitySpecification?.[0]?.instance.attachments).toEqual({ ref: ['U/a2'] })
    expect(notices).toEqual(['attachment-missing-or-too-large'])
  })

  it('names the result of each notice by its code, or by its title', async () => {
    const { details } = await read({
      result: [
        result({ result_key: 'r1', code: 'R1', status: 'annulled' }),
        result({ result_key: 'r2', code: null }),
        result({ result_key: 'r3', code: 'R3', credits: '40', credit_scheme: 'hours' }),
        result({ result_key: 'r4', code: 'R4', grading_scheme: 'A-F' }),
      ],
    })
    expect(details.sort()).toEqual(['A-F', 'Course', 'R1', 'R3'])
  })

  it('shows a result once when the view shows it twice, and says so', async () => {
    const { results, notices, details } = await read({ result: [result(), result(), result({ result_key: 'r2' })] })
    expect(results).toHaveLength(2)
    expect([notices, details]).toEqual([['partly-read'], ['R1']])
  })

  it('shows a document, a grade and a count once when their views show them twice', async () => {
    const paper = { person_key: 'p', attachment_key: 'a', type: 'Diploma', content: new Uint8Array([1]) }
    const grade = { institution_code: 'U', scheme: 'pass', label: 'Passed' }
    const count = { result_key: 'r1', label: 'Passed', count: '3' }
    const { report, results, first, notices } = await read({
      result: [result({ grading_scheme: 'pass' }), result({ result_key: 'r2' })],
      attachment: [paper, paper, ...['r1', 'r2'].map((result_key) => ({ ...paper, attachment_key: 'b', result_key }))],
      grading_scheme: [grade, grade],
      distribution: [count, count],
    })
    expect(report?.attachment).toHaveLength(2)
    expect(report?.lazyAttachments).toHaveLength(2)
    expect(results.map(({ instance }) => instance.attachments?.ref)).toEqual([['U/b'], ['U/b']])
    expect(report?.gradingScheme?.[0]?.description).toEqual([{ value: 'Passed' }])
    // Three people, not six: too few to be shown.
    expect(first?.instance.resultDistribution).toBeUndefined()
    expect(notices).toEqual(['distribution-left-out'])
  })

  it('is content with a title in English alone', async () => {
    const { first, notices } = await read({ result: [result({ title: null, title_en: 'Algebra', title_lang: 'no' })] })
    expect(first?.title).toEqual([{ value: 'Algebra', lang: 'en' }])
    expect(notices).toEqual([])
  })

  it('says where a recognised result was studied', async () => {
    const { results, notices } = await read({
      result: [
        result({ recognised: '1', recognised_from: 'University of Elsewhere', description: 'French' }),
        result({ result_key: 'r2', recognised: '1' }),
        result({ result_key: 'r3', recognised: '0' }),
      ],
    })
    expect(results.map(({ description }) => description?.map(({ value }) => value))).toEqual([
      ['French', 'Studied elsewhere (University of Elsewhere) and recognised here.'],
      ['Studied elsewhere and recognised here.'],
      undefined,
    ])
    expect(notices).toEqual(['recognised-elsewhere', 'recognised-elsewhere'])
  })

  it('leaves out what is not of the days that are wanted, with its documents', async () => {
    const { results, report } = await read(
      {
        result: [
          result({ date: '2024-12-31' }),
          result({ result_key: 'r2', date: '2025-01-01' }),
          result({ result_key: 'r3', date: null }),
        ],
        attachment: [
          { person_key: 'p', attachment_key: 'a1', result_key: 'r1', content: Buffer.from('%PDF') },
          { person_key: 'p', attachment_key: 'a2', result_key: 'r2', content: Buffer.from('%PDF') },
        ],
      },
      { want: { failed: false, inProgress: false, from: '2025-01-01', to: '2025-12-31' } },
    )
    expect(results).toHaveLength(2)
    expect(report?.lazyAttachments?.map(({ key }) => key)).toEqual(['a2'])
  })

  it('gives no report when an attachment is all there is', async () => {
    const { reports } = await read({
      result: [result({ status: 'failed' })],
      attachment: [{ person_key: 'p', attachment_key: 'a', content: Buffer.from('%PDF') }],
    })
    expect(reports).toEqual([])
  })

  it('reads more results than a database binds values to one query', async () => {
    const many = Array.from({ length: 1200 }, (_, index) => result({ result_key: `r${index}` }))
    const { results } = await read({ result: many, distribution: [{ result_key: 'r1199', label: 'A', count: 9 }] })
    expect(results).toHaveLength(1200)
    expect(results.filter(({ instance }) => instance.resultDistribution !== undefined)).toHaveLength(1)
  })

  it('names view and column, never the value, when a number was rounded on its way', async () => {
    const failing = read({ result: [result({ credits: 0.1 + 0.2 })] })
    await expect(failing).rejects.toMatchObject({ kind: 'bad-data' })
    await expect(failing).rejects.toThrow(/^column credits of view emrex_result /)
  })
})
