import { SisError, type Enrolment, type SourceReport } from '@emrex-gateway/core'
import { validateElmo, type ElmoProblem } from '@emrex-gateway/elmo'

/** A system that writes one thing wrong does so in every result; a line of the log is no place for all of them. */
const toldRules = 10

/** Rules that are broken, with their places and without any value. */
export function rulesOf(problems: readonly ElmoProblem[]): string {
  const told = problems.slice(0, toldRules).map(({ rule, path = '' }) => `${rule} ${path}`)
  return told.join(', ') + (problems.length > toldRules ? `, and ${problems.length - toldRules} more` : '')
}

/**
 * Asks at once whether what a system gave can be written, so that one system costs its own results: in a document it would
 * cost those of all, after the student has chosen.
 *
 * @throws {SisError} bad-data, with the rules and no values
 */
export function checkReports(connection: string, { learner }: Enrolment, given: readonly SourceReport[]): void {
  const reports = given
    .filter(({ learningOpportunitySpecification = [] }) => learningOpportunitySpecification.length > 0)
    .map(({ lazyAttachments: _beside, ...report }) => report)
  const problems = validateElmo({ generatedDate: '2000-01-01T00:00:00Z', learner, reports })
  if (problems.length === 0 || reports.length === 0) return
  throw new SisError('bad-data', `ELMO cannot say what the system gave: ${rulesOf(problems)}`, { connection })
}
