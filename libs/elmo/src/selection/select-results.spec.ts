import { goldenElmo } from '../../test/golden.js'
import { convertElmo } from '../convert/convert-elmo.js'
import { listResults } from '../meaning/list-results.js'
import { completenessOf } from '../meaning/completeness.js'
import { creditSums } from '../meaning/credit-sum.js'
import type { Attachment, Elmo, LearningOpportunitySpecification, ResultOfRecognition } from '../model.js'
import { resultsOf } from './kept-recognitions.js'
import { selectResults } from './select-results.js'
import { validateElmo } from '../document/validate-elmo.js'

const titles = (elmo: Elmo): (string | undefined)[] =>
  listResults(elmo)
    .flat()
    .map(({ los }) => los.title[0]?.value)

const attachment = (id: string, type: string): Attachment => ({ identifier: [{ type: 'internal', value: id }], type })

/** A report with two courses; the first refers to everything, the second only to "plan". */
function withAttachments(): Elmo {
  const elmo = goldenElmo('credits')
  const report = elmo.reports[0]!
  report.attachment = [
    attachment('own', 'Other'),
    attachment('plan', 'Other'),
    attachment('tor', 'Transcript of Records'),
    { type: 'Diploma' },
  ]
  elmo.attachments = [attachment('emrex', 'EMREX transcript'), attachment('letter', 'Other')]
  report.gradingScheme = [{ localId: 'a-f' }, { localId: 'pass' }]
  const [first, second] = report.learningOpportunitySpecification!
  Object.assign(first!.instance, {
    attachments: { ref: ['own', 'plan', 'tor', 'letter', 'emrex'] },
    gradingSchemeLocalId: 'a-f',
  })
  Object.assign(second!.instance, { attachments: { ref: ['plan', 'tor'] }, gradingSchemeLocalId: 'pass' })
  elmo.groups = [{ id: 'g', title: [{ value: 'Kind' }] }]
  elmo.extension = ['<x xmlns="urn:x"/>']
  expect(validateElmo(elmo)).toEqual([])
  return elmo
}

const idsOf = (attachments: readonly Attachment[] = []): (string | undefined)[] =>
  attachments.map(({ identifier }) => identifier?.[0]?.value)

describe('selectResults', () => {
  it('keeps a chosen result with all its parts', () => {
    const elmo = goldenElmo('modules')
    expect(selectResults(elmo, new Set(['0/0']))).toEqual(elmo)
  })

  it('keeps the parents of a chosen part as frames that claim no credits and no grade', () => {
    const elmo = goldenElmo('modules')
    const [course] = selectResults(elmo, new Set(['0/0/1'])).reports[0]?.learningOpportunitySpecification ?? []
    expect(course).toEqual({
      identifier: [{ type: 'local', value: 'K1' }],
      title: [{ lang: 'en', value: 'Chemistry' }],
      type: 'Course',
      instance: { status: 'passed' },
      parts: [elmo.reports[0]?.learningOpportunitySpecification?.[0]?.parts?.[1]],
    })
  })

  it('does not turn an unfinished degree into a finished one', () => {
    const elmo = goldenElmo('modules')
    elmo.reports[0]!.learningOpportunitySpecification![0]!.instance.status = 'in-progress'
    const { reports } = selectResults(elmo, new Set(['0/0/0']))
    expect(reports[0]?.learningOpportunitySpecification?.[0]?.instance).toEqual({ status: 'in-progress' })
  })

  it('leaves out reports, grading schemes and groups that nothing chosen uses', () => {
    expect(selectResults(goldenElmo('modules'), new Set(['0/0/1'])).reports[0]).not.toHaveProperty('gradingScheme')
    const one = selectResults(goldenElmo('two-reports'), new Set(['1/0']))
    expect(titles(one)).toEqual(['Philosophy'])
    expect(one.reports).toHaveLength(1)
    const { groups, reports } = selectResults(withAttachments(), new Set(['0/0']))
    expect(groups).toBeUndefined()
    expect(reports[0]?.gradingScheme).toEqual([{ localId: 'a-f' }])
  })

  it('gives a frame the grouping that ELMO 1.3.0 demands, an empty one, and no other release any', () => {
    const elmo = goldenElmo('modules')
    for (const { instance } of elmo.reports.flatMap(resultsOf)) instance.grouping = { typeref: 'kind', idref: 'core' }
    elmo.groups = [{ id: 'kind', title: [{ value: 'Kind' }], group: [{ id: 'core', title: [{ value: 'Core' }] }] }]
    expect(validateElmo(elmo, '1.3.0')).toEqual([])
    const selected = selectResults(elmo, new Set(['0/0/0']), { release: '1.3.0' })
    expect(validateElmo(selected, '1.3.0')).toEqual([])
    expect(selected.reports[0]?.learningOpportunitySpecification?.[0]?.instance.grouping).toEqual({})
    expect(selected.groups).toEqual(elmo.groups)
    const [frame] = selectResults(elmo, new Set(['0/0/0'])).reports[0]!.learningOpportunitySpecification!
    expect(frame?.instance).not.toHaveProperty('grouping')
  })

  it('keeps groups while a kept result is in one', () => {
    const elmo = withAttachments()
    elmo.reports[0]!.learningOpportunitySpecification![1]!.instance.grouping = { typeref: 'g' }
    expect(selectResults(elmo, new Set(['0/1'])).groups).toEqual(elmo.groups)
  })

  it('drops every attachment that could show what was left out, and the references to it', () => {
    const selected = selectResults(withAttachments(), new Set(['0/1']))
    expect(idsOf(selected.reports[0]?.attachment)).toEqual(['plan'])
    expect(selected).not.toHaveProperty('attachments')
    expect(selected.extension?.join()).not.toContain('urn:x')
    expect(selected.reports[0]?.learningOpportunitySpecification?.[0]?.instance.attachments).toEqual({ ref: ['plan'] })
    expect(validateElmo(selected)).toEqual([])
  })

  it('drops a transcript even where a chosen result refers to it', () => {
    const selected = selectResults(withAttachments(), new Set(['0/0']))
    expect(idsOf(selected.reports[0]?.attachment)).toEqual(['own', 'plan'])
    expect(idsOf(selected.attachments)).toEqual(['letter'])
    const [first] = selected.reports[0]?.learningOpportunitySpecification ?? []
    expect(first?.instance.attachments?.ref).toEqual(['own', 'plan', 'letter'])
  })

  it('leaves a document of which everything was chosen as it is', () => {
    const elmo = withAttachments()
    expect(selectResults(elmo, new Set(['0/0', '0/1', '0/2', '0/3']))).toEqual(elmo)
  })

  it('keeps the attachments of a report that was chosen whole, not those of the document', () => {
    const elmo = withAttachments()
    elmo.reports.push(...goldenElmo('two-reports').reports)
    const selected = selectResults(elmo, new Set(['0/0', '0/1', '0/2', '0/3']))
    expect(idsOf(selected.reports[0]?.attachment)).toEqual(['own', 'plan', 'tor', undefined])
    expect(idsOf(selected.attachments)).toEqual(['letter'])
  })

  it('does not touch the given document', () => {
    const elmo = withAttachments()
    const before = structuredClone(elmo)
    selectResults(elmo, new Set(['0/1']))
    expect(elmo).toEqual(before)
  })

  it.each([[[]], [['0/9']], [['0']], [['0/0', '1/0']]])('refuses the choice %j', (ids) => {
    expect(() => selectResults(goldenElmo('modules'), new Set(ids))).toThrow(
      expect.objectContaining({ code: 'ELMO_SELECTION' }),
    )
  })
})

const extents = (elmo: Elmo): string[] => completenessOf(elmo).map(({ extent }) => extent)
const local = (value: string) => [{ type: 'local', value }]

describe('selectResults and completeness', () => {
  it('marks in the extension which reports lack something', () => {
    const elmo = goldenElmo('two-reports')
    const selected = selectResults(elmo, new Set(['0/0', '1/0']))
    expect(selected.extension).toHaveLength(1)
    expect(completenessOf(selected)).toEqual([
      { extent: 'selection', from: 'marker' },
      { extent: 'complete', from: 'marker' },
    ])
    expect(validateElmo(selected)).toEqual([])
  })

  it('says nothing when nothing was left out, and leaves no trace of a report that went', () => {
    const elmo = goldenElmo('two-reports')
    expect(extents(selectResults(elmo, new Set(['0/0', '0/1', '1/0'])))).toEqual(['unknown', 'unknown'])
    const second = selectResults(elmo, new Set(['1/0']))
    expect(extents(second)).toEqual(['complete'])
    expect(JSON.stringify(second)).not.toContain('uni.example')
  })

  it('does not call complete what was a selection before', () => {
    const once = selectResults(goldenElmo('two-reports'), new Set(['0/0', '1/0']))
    const again = selectResults(once, new Set(['0/0']))
    expect(extents(again)).toEqual(['selection'])
  })

  it('uses the status of the report in 2.1, and no marker', () => {
    const elmo = goldenElmo('two-reports')
    for (const report of elmo.reports) report.status = { code: 'FULL', message: [{ value: 'All results' }] }
    const selected = selectResults(elmo, new Set(['0/0', '1/0']), { release: '2.1.1' })
    expect(selected.reports.map(({ status }) => status)).toEqual([{ code: 'SELECTION' }, elmo.reports[1]!.status])
    expect(selected).not.toHaveProperty('extension')
    expect(selectResults(elmo, new Set(['0/0', '0/1', '1/0']), { release: '2.1.1' })).toEqual(elmo)
  })

  it('lets no report claim to be FULL that is not, whatever release is written', () => {
    const elmo = goldenElmo('two-reports')
    elmo.reports[0]!.status = { code: 'FULL' }
    expect(selectResults(elmo, new Set(['0/0'])).reports[0]?.status).toEqual({ code: 'SELECTION' })
  })

  it.each([
    ['SELECTION', 'selection'],
    ['PARTIAL_PERMANENT', 'unknown'],
    ['ERROR_TEMPORARY', 'unknown'],
    ['FULL', 'complete'],
  ])('marks a report with the status %s, of which nothing was left out, as %s', (code, extent) => {
    const elmo = goldenElmo('two-reports')
    elmo.reports[1]!.status = { code }
    const selected = selectResults(elmo, new Set(['0/0', '1/0']))
    expect(extents(convertElmo(selected, '1.7.0').elmo)).toEqual(['selection', extent])
  })

  it('carries what a marker said into the status of 2.1, even where a status promised more', () => {
    const once = selectResults(goldenElmo('two-reports'), new Set(['0/0', '1/0']))
    const pickFirst = (): Elmo => {
      once.reports.push({ ...once.reports[1]! })
      return selectResults(once, new Set(['0/0', '1/0']), { release: '2.1.1' })
    }
    expect(pickFirst().reports[0]?.status).toEqual({ code: 'SELECTION' })
    once.reports[0]!.status = { code: 'FULL' }
    expect(pickFirst().reports[0]?.status).toEqual({ code: 'SELECTION' })
  })

  it('writes no extension in 1.0.0, which allows none', () => {
    const selected = selectResults(goldenElmo('two-reports'), new Set(['0/0']), { release: '1.0.0' })
    expect(selected).not.toHaveProperty('extension')
    expect(selected.reports[0]).not.toHaveProperty('status')
  })
})

describe('selectResults by policy', () => {
  const degree = (): Elmo => {
    const elmo = goldenElmo('modules')
    elmo.reports[0]!.learningOpportunitySpecification![0]!.type = 'Degree Programme'
    return elmo
  }

  it('takes the whole degree when something in it was chosen', () => {
    expect(selectResults(degree(), new Set(['0/0/0']), { policy: 'whole-degree' })).toEqual(degree())
    expect(selectResults(degree(), new Set(['0/0/0']))).not.toEqual(degree())
  })

  it('takes everything whatever was chosen', () => {
    const elmo = goldenElmo('two-reports')
    expect(selectResults(elmo, new Set(), { policy: 'everything' })).toEqual(elmo)
  })
})

describe('the credits of a selection', () => {
  it('never claim what was left out', () => {
    const elmo = goldenElmo('modules')
    expect(creditSums(elmo).frontier.ects).toBe('15')
    expect(creditSums(selectResults(elmo, new Set(['0/0/0']))).frontier.ects).toBe('10.5')
    expect(creditSums(selectResults(elmo, new Set(['0/0/1']))).frontier.ects).toBe('4.5')
  })

  it('do not turn an enrolment into a diploma', () => {
    const elmo = goldenElmo('modules')
    elmo.reports[0]!.learningOpportunitySpecification![0]!.documentType = 'Enrolment'
    const [frame] = selectResults(elmo, new Set(['0/0/0'])).reports[0]!.learningOpportunitySpecification!
    expect(frame?.documentType).toBe('Enrolment')
    expect(frame?.instance.status).toBe('passed')
  })

  it('do not turn an enrolment without a status into a passed degree, whatever the release keeps of it', () => {
    const elmo = goldenElmo('modules')
    const academicYear = { start: '2025-08-01', end: '2026-07-31' }
    const enrolmentInstitution = elmo.reports[0]!.issuer
    const [whole] = elmo.reports[0]!.learningOpportunitySpecification!
    delete whole!.instance.status
    whole!.instance.enrolment = { enrolmentInstitution, enrolmentDate: '2025-08-20', academicYear }
    const frames = () => selectResults(elmo, new Set(['0/0/0'])).reports[0]!.learningOpportunitySpecification!
    expect(frames()[0]?.instance).toEqual({ status: 'in-progress' })
    delete whole!.instance.enrolment
    whole!.documentType = 'Admission'
    expect(frames()[0]?.instance).toEqual({ status: 'in-progress' })
  })
})

describe('selectResults with recognition decisions', () => {
  const result = (code: string, refs: string[] = []): LearningOpportunitySpecification => ({
    identifier: local(code),
    title: [{ value: code }],
    instance: { gradingSchemeLocalId: 'home', ...(refs.length > 0 && { attachments: { ref: refs } }) },
  })
  const decision = (code: string): ResultOfRecognition => ({
    status: 'Positive',
    recognitionBasis: [
      {
        issuer: { identifier: local('f'), title: [{ value: 'Foreign' }], url: 'https://foreign.example/' },
        issueDate: '2026-03-02T09:30:00Z',
        learningOpportunitySpecification: [result('F1', ['own'])],
        attachment: [attachment('own', 'Other')],
      },
    ],
    recognitionResult: [result(code)],
    attachments: { ref: ['letter', 'tor'] },
  })
  function withDecisions(): Elmo {
    const elmo = goldenElmo('two-reports')
    elmo.attachments = [attachment('letter', 'Other'), attachment('unused', 'Other')]
    Object.assign(elmo.reports[0]!, {
      learningOpportunitySpecification: [result('A'), result('B')],
      resultOfRecognition: [decision('A'), decision('B'), decision('C')],
      gradingScheme: [{ localId: 'home' }, { localId: 'other' }],
      attachment: [attachment('tor', 'Transcript of Records')],
    })
    return elmo
  }
  const codes = (elmo: Elmo): (string | undefined)[] =>
    (elmo.reports[0]?.resultOfRecognition ?? []).map((one) => one.recognitionResult?.[0]?.identifier?.[0]?.value)

  it('keeps a decision whole or drops it, and drops it when its result was left out', () => {
    const elmo = withDecisions()
    const selected = selectResults(elmo, new Set(['0/0']))
    expect(codes(selected)).toEqual(['A', 'C'])
    const [kept] = selected.reports[0]!.resultOfRecognition!
    expect(kept).toEqual({ ...decision('A'), attachments: { ref: ['letter'] } })
    expect(selected.reports[0]?.gradingScheme).toEqual([{ localId: 'home' }])
    expect(idsOf(selected.attachments)).toEqual(['letter'])
    expect(idsOf(selected.reports[0]?.attachment)).toEqual([])
  })

  it.each(['ewp-los-id', 'courseCode'])(
    'knows a result that was left out by its %s, and by no version or subject',
    (type) => {
      const elmo = withDecisions()
      const [report] = elmo.reports
      const recognised = report!.resultOfRecognition!.flatMap(({ recognitionResult = [] }) => recognitionResult)
      for (const los of [...report!.learningOpportunitySpecification!, ...recognised]) {
        const code = los.title[0]!.value
        los.identifier = [
          { type, value: code },
          { type: 'courseVersion', value: code === 'A' ? '1' : '2' },
          { type: 'nus', value: code === 'A' ? '5' : '6' },
        ]
      }
      const { resultOfRecognition } = selectResults(elmo, new Set(['0/0'])).reports[0]!
      expect(resultOfRecognition?.map((one) => one.recognitionResult?.[0]?.title[0]?.value)).toEqual(['A', 'C'])
    },
  )

  it('drops a decision whose result stays as a frame alone', () => {
    const elmo = withDecisions()
    const [report] = elmo.reports
    report!.learningOpportunitySpecification = [{ ...result('A'), parts: [result('A1'), result('A2')] }, result('B')]
    expect(codes(selectResults(elmo, new Set(['0/0/0'])))).toEqual(['C'])
    expect(codes(selectResults(elmo, new Set(['0/0'])))).toEqual(['A', 'C'])
    report!.learningOpportunitySpecification.push(result('A'))
    expect(codes(selectResults(elmo, new Set(['0/0/0', '0/2'])))).toEqual(['A', 'C'])
  })

  it('drops decisions with their report, and keeps them with a report that was chosen whole', () => {
    expect(JSON.stringify(selectResults(withDecisions(), new Set(['1/0'])))).not.toContain('foreign.example')
    expect(codes(selectResults(withDecisions(), new Set(['0/0', '0/1'])))).toEqual(['A', 'B', 'C'])
  })

  it('leaves a report with decisions alone where everything was chosen', () => {
    const elmo = withDecisions()
    delete elmo.reports[0]!.learningOpportunitySpecification
    expect(selectResults(elmo, new Set(['1/0']))).toEqual(elmo)
  })
})
