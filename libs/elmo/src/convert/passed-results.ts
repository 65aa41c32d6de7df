import { ElmoError } from '../elmo-error.js'
import { hasResult, statedStatus } from '../meaning/result-status.js'
import type { LearningOpportunitySpecification } from '../model.js'
import { pointer, type LossReport } from './loss-report.js'

/** Deeper than any reader goes. */
export const maxDepth = 128

/** A result that stays, with its place in the source. */
export interface PassedResult {
  readonly los: LearningOpportunitySpecification
  readonly from: string
  /** It took the place of a whole that was not passed. */
  readonly movedUp: boolean
}

/** Whether the result says that it was passed, or says nothing. What is no result is for others to refuse. */
const saysPassed = (los: LearningOpportunitySpecification): boolean => {
  const { instance } = (los as Partial<LearningOpportunitySpecification> | null) ?? {}
  return instance === undefined || (statedStatus(los) ?? 'passed') === 'passed'
}

/**
 * The results of a list that were passed. One that was not goes, and its passed parts take its place: for targets that
 * know nothing but passed results, where what stays counts as passed. Its parts that say nothing go with it.
 *
 * @param isPassed also looks at the grade, where the target makes a claim of the result
 */
export function passedResults(
  list: readonly LearningOpportunitySpecification[],
  from: string,
  report: LossReport,
  isPassed: (los: LearningOpportunitySpecification) => boolean = saysPassed,
  depth = 0,
): PassedResult[] {
  if (depth > maxDepth) throw new ElmoError('ELMO_TOO_DEEP', 'the document is nested too deeply', { path: from })
  return list.flatMap((los, index) => {
    const own = pointer(from, index)
    if (isPassed(los) && (depth === 0 || hasResult(los))) return [{ los, from: own, movedUp: depth > 0 }]
    report.add('NOT_PASSED_LEFT_OUT', own)
    return passedResults(los.parts ?? [], pointer(own, 'parts'), report, isPassed, depth + 1)
  })
}
