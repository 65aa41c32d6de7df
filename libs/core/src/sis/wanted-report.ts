import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Notice, SourceReport, Want } from '../ports/sis-plugin.js'
import { xmlText } from './xml-text.js'

/**
 * The report with what is wanted of it: passed results, failed and unfinished ones on request, within the dates. A result
 * of any other status never leaves, and none without a status: a reader would take it for passed. A wanted part of an
 * unwanted whole stands at the next level that is there. Attachments go with the last result that refers to them: nobody
 * could see what they are about.
 */
export function wantedReport(report: SourceReport, want: Want, notices: Notice[]): SourceReport {
  const keep = (los: LearningOpportunitySpecification): LearningOpportunitySpecification[] => {
    const parts = (los.parts ?? []).flatMap(keep)
    if (!isWanted(los, want, notices)) return parts
    const { parts: _all, ...alone } = los
    return [parts.length > 0 ? { ...alone, parts } : alone]
  }
  const { learningOpportunitySpecification: all = [], attachment: attachments = [], ...rest } = report
  const kept = all.flatMap(keep)
  const [before, after] = [new Set(all.flatMap(refsOf)), new Set(kept.flatMap(refsOf))]
  const attachment = attachments.filter(({ identifier = [] }) => {
    const ids = identifier.map(({ value }) => xmlText(value) ?? '')
    return !ids.some((id) => before.has(id)) || ids.some((id) => after.has(id))
  })
  return { ...rest, learningOpportunitySpecification: kept, ...(attachment.length === 0 ? {} : { attachment }) }
}

const refsOf = ({ instance, parts = [] }: LearningOpportunitySpecification): string[] => [
  ...(instance.attachments?.ref ?? []).map((ref) => xmlText(ref) ?? ''),
  ...parts.flatMap(refsOf),
]

/** Those of ELMO, and what was withdrawn, which is no result. */
const knownStatuses: readonly string[] = ['passed', 'failed', 'in-progress', 'withdrawn']

function isWanted({ instance }: LearningOpportunitySpecification, want: Want, notices: Notice[]): boolean {
  const { status, date } = instance
  if (status === undefined || !knownStatuses.includes(status)) notices.push({ notice: 'status-unknown' })
  const isStatusWanted =
    status === 'passed' || (status === 'failed' && want.failed) || (status === 'in-progress' && want.inProgress)
  const day = date?.slice(0, 10)
  return isStatusWanted && (day === undefined || ((want.from ?? day) <= day && day <= (want.to ?? day)))
}
