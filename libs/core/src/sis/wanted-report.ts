import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import type { Notice, SourceReport, Want } from '../ports/sis-plugin.js'

/**
 * The report with what is wanted of it: passed results, failed and unfinished ones on request, within the dates. A result
 * of any other status never leaves, and none without a status: a reader would take it for passed. A wanted part of an
 * unwanted whole stands at the next level that is there.
 */
export function wantedReport(report: SourceReport, want: Want, notices: Notice[]): SourceReport {
  const keep = (los: LearningOpportunitySpecification): LearningOpportunitySpecification[] => {
    const parts = (los.parts ?? []).flatMap(keep)
    if (!isWanted(los, want, notices)) return parts
    const { parts: _all, ...alone } = los
    return [parts.length > 0 ? { ...alone, parts } : alone]
  }
  return { ...report, learningOpportunitySpecification: (report.learningOpportunitySpecification ?? []).flatMap(keep) }
}

function isWanted({ instance }: LearningOpportunitySpecification, want: Want, notices: Notice[]): boolean {
  const { status, date } = instance
  if (status === undefined) notices.push({ notice: 'status-unknown' })
  const isStatusWanted =
    status === 'passed' || (status === 'failed' && want.failed) || (status === 'in-progress' && want.inProgress)
  const day = date?.slice(0, 10)
  return isStatusWanted && (day === undefined || ((want.from ?? day) <= day && day <= (want.to ?? day)))
}
