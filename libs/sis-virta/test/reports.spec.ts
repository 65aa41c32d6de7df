import type { Enrolment, Notice, SourceReport, Subject } from '@emrex-gateway/core'
import { validateElmo, type LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { VirtaResult } from '@emrex-gateway/testing'
import { oidOf, result, student } from './virta-people.js'
import { context, openVirta, type VirtaUnderTest } from './virta-under-test.js'

const people = {
  parts: student(1, [
    result('degree', { kind: '1', code: 'TUTK 1', parts: ['module', 'course', 'hidden'] }),
    result('module', { parts: ['course', 'gone'] }),
    result('course'),
    result('hidden', { kind: '4', parts: ['below'] }),
    result('ignored', { kind: '3' }),
    result('below'),
  ]),
  shared: student(2, [
    result('one', { parts: ['both'] }),
    result('other', { parts: ['both', 'both'] }),
    result('both'),
  ]),
  circle: student(3, [
    result('a', { parts: ['b'] }),
    result('b', { parts: ['c'] }),
    result('c', { parts: ['a', 'leaf'] }),
    result('leaf'),
    result('self', { parts: ['self'] }),
  ]),
  details: student(4, [
    result('weeks', { credits: '4.50', studyWeeks: '3' }),
    result('thesis', { isThesis: true, grade: { scale: 'Tutkielma', code: 'L' } }),
    result('doubt', { grade: { scale: 'Tutkielma', code: 'I' } }),
    result('zone', { date: '2024-01-01+02:00' }),
    result('names', {
      names: [
        ['fi', 'Puu'],
        ['sv', 'Träd'],
        ['en', 'Tree'],
      ],
      language: 'sv',
    }),
    result('odd-language', { language: '20' }),
    result('recognised', { recognisedOn: '2023-09-01', grade: { scale: 'Hyvaksytty', code: 'HYV' } }),
    result('degree', { kind: '1', credits: '180', code: 'LuK' }),
    result('own', {
      grade: {
        scale: 'Muu',
        key: 'A7',
        name: 'Soittimet',
        code: '2',
        steps: [
          { key: 'k1', code: '1', name: 'Välttävä' },
          { key: 'k2', code: '2', name: 'Erinomainen' },
        ],
      },
    }),
  ]),
  issuers: student(5, [], {
    records: [
      { institution: '01901', results: [result('same', { code: 'HY-1' })] },
      { institution: '77777', results: [result('same', { code: 'X-1', parts: ['other-house'] })] },
      { institution: '10076', results: [result('other-house', { code: 'AALTO-1' })] },
    ],
  }),
}

describe('reports of VIRTA', () => {
  let sis: VirtaUnderTest
  beforeAll(async () => {
    sis = await openVirta({ further: Object.values(people) })
  })
  afterAll(() => sis.close())

  const subject = (number: number): Subject => ({
    claims: [{ type: 'learnerId', scheme: 'learner-id', value: oidOf(number) }],
  })
  const enrolmentsOf = (number: number) => sis.connection.source!.find(subject(number), context)
  async function read(enrolment: Enrolment) {
    const reports: SourceReport[] = []
    const notices: Notice[] = []
    const items = sis.connection.source!.reports(enrolment, { failed: false, inProgress: false }, context, {
      claims: [],
    })
    for await (const item of items)
      if ('notice' in item) notices.push(item)
      else reports.push(item)
    return { report: reports[0]!, reports, notices, tree: tree(reports[0]?.learningOpportunitySpecification) }
  }
  const readAll = async (number: number) => Promise.all((await enrolmentsOf(number)).map(read))
  const readOne = async (number: number) => (await readAll(number))[0]!
  const byCode = async (key: string) => {
    const { report } = await readOne(4)
    return report.learningOpportunitySpecification!.find(({ identifier }) => identifier?.[0]?.value === key)!
  }

  it('puts a part that degree and module name under the module, and drops what is not shown but not what is below', async () => {
    const { tree, notices } = await readOne(1)
    expect(tree).toEqual([{ 'TUTK 1': [{ 'CODE module': [{ 'CODE course': [] }] }, { 'CODE below': [] }] }])
    expect(notices).toEqual([{ notice: 'part-missing', detail: 'CODE module' }])
  })

  it('lets a part that two wholes share stand once, and says so', async () => {
    const { tree, notices } = await readOne(2)
    expect(tree).toEqual([{ 'CODE one': [{ 'CODE both': [] }] }, { 'CODE other': [] }])
    expect(notices).toEqual([{ notice: 'part-shared', detail: 'CODE both' }])
  })

  it('loses nothing to wholes that contain themselves', async () => {
    const { report, notices } = await readOne(3)
    expect(codesOf(report.learningOpportunitySpecification).sort()).toEqual(
      ['a', 'b', 'c', 'leaf', 'self'].map((key) => `CODE ${key}`),
    )
    expect(notices.map(({ notice }) => notice)).toContain('parent-cycle')
  })

  it('calls a study that contains others a module, and a degree a degree programme', async () => {
    const { report } = await readOne(1)
    const [degree] = report.learningOpportunitySpecification!
    const [module, below] = degree!.parts!
    expect([degree?.type, module?.type, module?.parts?.[0]?.type, below?.type]).toEqual([
      'Degree Programme',
      'Module',
      'Course',
      'Course',
    ])
  })

  it('keeps study weeks beside ECTS as a scheme of their own, unconverted', async () => {
    expect((await byCode('CODE weeks')).instance.credit).toEqual([
      { scheme: 'ects', value: '4.5' },
      { scheme: 'opintoviikko', value: '3' },
    ])
  })

  it('says in words that something was a thesis', async () => {
    const { description, instance } = await byCode('CODE thesis')
    expect(description).toEqual([
      { value: 'Opinnäytetyö.', lang: 'fi' },
      { value: 'Thesis.', lang: 'en' },
    ])
    expect(instance).toMatchObject({ resultLabel: 'L', gradingSchemeLocalId: 'tutkielma', status: 'passed' })
  })

  it('does not call improbatur passed', async () => {
    const { instance } = await byCode('CODE doubt')
    expect(instance.resultLabel).toBe('I')
    expect(instance.status).toBeUndefined()
  })

  it('takes the day of a date as it is written, whatever its zone', async () => {
    expect((await byCode('CODE zone')).instance.date).toBe('2024-01-01')
  })

  it('gives names in all their languages, and the language of instruction where it is one', async () => {
    const { title, instance } = await byCode('CODE names')
    expect(title).toEqual([
      { value: 'Puu', lang: 'fi' },
      { value: 'Träd', lang: 'sv' },
      { value: 'Tree', lang: 'en' },
    ])
    expect(instance.languageOfInstruction).toBe('sv')
    expect((await byCode('CODE odd-language')).instance.languageOfInstruction).toBeUndefined()
    expect((await readOne(4)).notices).toContainEqual({ notice: 'language-unknown', detail: 'CODE odd-language' })
  })

  it('tells a recognised study from an own one, and keeps the grade that the institution gave', async () => {
    const { description, instance } = await byCode('CODE recognised')
    expect(description).toContainEqual({
      value: 'Recognised on the basis of studies elsewhere on 2023-09-01.',
      lang: 'en',
    })
    expect(instance).toMatchObject({ date: '2024-05-31', resultLabel: 'HYV' })
  })

  it('makes no ISCED code of the national code of an education', async () => {
    expect(sis.virta.messages.some(({ answer }) => answer.includes('<virta:Koulutuskoodi>'))).toBe(true)
    const degree = await byCode('LuK')
    expect(degree.type).toBe('Degree Programme')
    expect([degree.iscedCode, degree.subjectArea]).toEqual([undefined, undefined])
  })

  it('looks a grade of another scale up in its own scale, and describes that scale', async () => {
    const { report } = await readOne(4)
    expect((await byCode('CODE own')).instance).toMatchObject({ resultLabel: '2', gradingSchemeLocalId: 'muu-A7' })
    expect(report.gradingScheme).toContainEqual({
      localId: 'muu-A7',
      description: [{ value: 'Soittimet: 1 = Välttävä, 2 = Erinomainen' }],
    })
  })

  it('describes every scale that a result names', async () => {
    const { report } = await readOne(4)
    const named = new Set(
      report.learningOpportunitySpecification!.flatMap((los) => los.instance.gradingSchemeLocalId ?? []),
    )
    expect(new Set(report.gradingScheme!.map(({ localId }) => localId))).toEqual(named)
  })

  it('gives an enrolment and one report for each issuer, and lets equal keys of two issuers apart', async () => {
    const enrolments = await enrolmentsOf(5)
    expect(enrolments.map(({ institution }) => institution.title)).toEqual([
      'University of Helsinki',
      '77777',
      'Aalto University',
    ])
    const [helsinki, unnamed, aalto] = await readAll(5)
    expect([helsinki, unnamed, aalto].map((each) => each!.reports.length)).toEqual([1, 1, 1])
    expect(helsinki!.report.issuer).toEqual({
      country: 'FI',
      identifier: [
        { type: 'schac', value: 'helsinki.fi' },
        { type: 'local', value: '01901' },
      ],
      title: [
        { value: 'Helsingin yliopisto', lang: 'fi' },
        { value: 'Helsingfors universitet', lang: 'sv' },
        { value: 'University of Helsinki', lang: 'en' },
      ],
      url: 'https://helsinki.fi/',
    })
    expect([helsinki, unnamed, aalto].map((each) => each!.tree)).toEqual([
      [{ 'HY-1': [] }],
      [{ 'X-1': [] }],
      [{ 'AALTO-1': [] }],
    ])
  })

  it('lets an institution without a name go by its code, and says so', async () => {
    const [, unnamed] = await readAll(5)
    expect(unnamed!.report.issuer).toMatchObject({ title: [{ value: '77777' }], identifier: [{ value: '77777' }] })
    expect(unnamed!.notices).toEqual([
      { notice: 'institution-unnamed', detail: '77777' },
      { notice: 'part-missing', detail: 'X-1' },
    ])
  })

  it('writes only what a valid document can hold', async () => {
    for (const number of [1, 2, 3, 4, 5])
      for (const { learner, ...enrolment } of await enrolmentsOf(number)) {
        const { reports } = await read({ learner, ...enrolment })
        expect(validateElmo({ generatedDate: '2026-01-01T00:00:00Z', learner, reports })).toEqual([])
      }
  })
})

type Tree = { readonly [code: string]: readonly Tree[] }
const codeOf = ({ identifier }: LearningOpportunitySpecification) => identifier?.[0]?.value ?? ''
const tree = (list: readonly LearningOpportunitySpecification[] = []): readonly Tree[] =>
  list.map((los) => ({ [codeOf(los)]: tree(los.parts) }))
const codesOf = (list: readonly LearningOpportunitySpecification[] = []): VirtaResult['code'][] =>
  list.flatMap((los) => [codeOf(los), ...codesOf(los.parts)])
