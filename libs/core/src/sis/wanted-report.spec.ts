import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Notice, Want } from '../ports/sis-plugin.js'
import { wantedReport } from './wanted-report.js'

const los = (
  name: string,
  status: string | undefined,
  more: { date?: string; parts?: LearningOpportunitySpecification[] } = {},
): LearningOpportunitySpecification => ({
  title: [{ value: name }],
  instance: { ...(status === undefined ? {} : { status }), ...(more.date === undefined ? {} : { date: more.date }) },
  ...(more.parts === undefined ? {} : { parts: more.parts }),
})
type Shape = string | readonly [string, readonly Shape[]]
const shape = ({ title, parts }: LearningOpportunitySpecification): Shape =>
  parts === undefined ? title[0]!.value : [title[0]!.value, parts.map(shape)]

const issuer = { identifier: [], title: [], url: 'https://first.example/' }
function wanted(results: LearningOpportunitySpecification[], want: Partial<Want> = {}) {
  const notices: Notice[] = []
  const report = { issuer, issueDate: '2026-01-01T00:00:00Z', learningOpportunitySpecification: results }
  const kept = wantedReport(report, { failed: false, inProgress: false, ...want }, notices)
  return { kept: kept.learningOpportunitySpecification!.map(shape), notices: notices.map(({ notice }) => notice) }
}
const everyStatus = ['passed', 'failed', 'in-progress', 'withdrawn', undefined].map((one) => los(String(one), one))

describe('wantedReport', () => {
  it.each<[string, Partial<Want>, string[]]>([
    ['passed results alone', {}, ['passed']],
    ['failed ones on request', { failed: true }, ['passed', 'failed']],
    ['unfinished ones on request', { inProgress: true }, ['passed', 'in-progress']],
    ['no other status, whatever is wanted', { failed: true, inProgress: true }, ['passed', 'failed', 'in-progress']],
  ])('keeps %s', (_, want, kept) => {
    expect(wanted(everyStatus, want)).toEqual({ kept, notices: ['status-unknown'] })
  })

  it('tells of a status that nobody knows: the result would be gone without a word', () => {
    expect(wanted([los('spelt', 'pass'), los('given up', 'withdrawn')])).toEqual({
      kept: [],
      notices: ['status-unknown'],
    })
  })

  it('keeps the days that are asked for, both ends included, and what has no date', () => {
    const days = ['2023-12-31', '2024-01-01', '2024-06-30', '2024-07-01'].map((date) => los(date, 'passed', { date }))
    expect(wanted([...days, los('undated', 'passed')], { from: '2024-01-01', to: '2024-06-30' }).kept).toEqual([
      '2024-01-01',
      '2024-06-30',
      'undated',
    ])
  })

  it('lifts the wanted parts of an unwanted whole, and keeps those of a wanted one', () => {
    const open = los('open', 'in-progress', { parts: [los('done', 'passed'), los('not', 'failed')] })
    const degree = los('degree', 'passed', { parts: [open, los('course', 'passed', { parts: [los('no', 'failed')] })] })
    expect(wanted([degree]).kept).toEqual([['degree', ['done', 'course']]])
    expect(wanted([degree], { inProgress: true }).kept).toEqual([['degree', [['open', ['done']], 'course']]])
  })

  it('leaves out the attachments of what is not wanted, and no other', () => {
    const withPapers = (name: string, status: string, ...ref: string[]) => {
      const result = los(name, status)
      return { ...result, instance: { ...result.instance, attachments: { ref } } }
    }
    const attachmentOf = (value: string) => ({ identifier: [{ type: 'internal', value }], content: [{ value: '' }] })
    const report = {
      ...{ issuer, issueDate: '2026-01-01T00:00:00Z' },
      learningOpportunitySpecification: [
        { ...withPapers('degree', 'passed', 'diploma'), parts: [withPapers('part', 'withdrawn', 'letter')] },
        withPapers('again', 'failed', 'protocol', 'shared'),
        withPapers('course', 'passed', 'shared'),
      ],
      attachment: ['diploma', 'letter', 'protocol', 'shared', 'of the report'].map(attachmentOf),
    }
    const kept = (want: Partial<Want>) =>
      wantedReport(report, { failed: false, inProgress: false, ...want }, []).attachment?.map(
        ({ identifier }) => identifier![0]!.value,
      )
    expect(kept({})).toEqual(['diploma', 'shared', 'of the report'])
    expect(kept({ failed: true })).toEqual(['diploma', 'protocol', 'shared', 'of the report'])
  })
})
