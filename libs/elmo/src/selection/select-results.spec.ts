import { goldenElmo } from '../../test/golden.js'
import { listResults } from '../meaning/list-results.js'
import type { Attachment, Elmo } from '../model.js'
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

  it('keeps groups while a kept result is in one', () => {
    const elmo = withAttachments()
    elmo.reports[0]!.learningOpportunitySpecification![1]!.instance.grouping = { typeref: 'g' }
    expect(selectResults(elmo, new Set(['0/1'])).groups).toEqual(elmo.groups)
  })

  it('drops every attachment that could show what was left out, and the references to it', () => {
    const selected = selectResults(withAttachments(), new Set(['0/1']))
    expect(idsOf(selected.reports[0]?.attachment)).toEqual(['plan'])
    expect(selected).not.toHaveProperty('attachments')
    expect(selected).not.toHaveProperty('extension')
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
