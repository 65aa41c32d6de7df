import type { SourceReport } from '@emrex-gateway/core'
import { withDistinctAttachments } from './distinct-attachments.js'

/** A report with one paper, numbered as every place numbers its first one. */
const reportOf = (type: string): SourceReport => ({
  issuer: { identifier: [], title: [{ value: 'U' }], url: 'https://u.example/' },
  issueDate: '2026-01-01T00:00:00Z',
  learningOpportunitySpecification: [
    { title: [{ value: 'Course' }], instance: { status: 'passed', attachments: { ref: ['1'] } } },
  ],
  attachment: [{ identifier: [{ type, value: '1' }], title: [{ value: 'Diploma' }], content: [{ value: 'data:,x' }] }],
})

describe('withDistinctAttachments', () => {
  it.each(['internal', 'local'])('leaves no number to two papers by which a result names its own: %s', (type) => {
    const taken = new Set<string>()
    const refs = [reportOf(type), reportOf(type)].map((report) => {
      const { attachment, learningOpportunitySpecification: [los] = [] } = withDistinctAttachments(report, taken)
      expect(los!.instance.attachments!.ref).toEqual([attachment![0]!.identifier![0]!.value])
      return los!.instance.attachments!.ref![0]
    })
    expect(refs).toEqual(['1', '1-2'])
  })

  it('leaves a number alone that no result names', () => {
    const report = { ...reportOf('local'), learningOpportunitySpecification: [] }
    expect(withDistinctAttachments(report, new Set(['1']))).toEqual(report)
  })
})
