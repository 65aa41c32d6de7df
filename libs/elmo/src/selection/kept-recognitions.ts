import { collapse } from '../document/check-value.js'
import type { LearningOpportunitySpecification, Report, ResultOfRecognition } from '../model.js'

type Specification = LearningOpportunitySpecification

export const withParts = (los: Specification): Specification[] => [los, ...(los.parts ?? []).flatMap(withParts)]

export const resultsOf = ({ learningOpportunitySpecification }: Pick<Report, 'learningOpportunitySpecification'>) =>
  (learningOpportunitySpecification ?? []).flatMap(withParts)

export const recognitionResults = ({ recognitionResult }: ResultOfRecognition): Specification[] =>
  (recognitionResult ?? []).flatMap(withParts)

const localIds = ({ identifier = [] }: Specification): string[] =>
  identifier.filter(({ type }) => collapse(type).toLowerCase() === 'local').map(({ value }) => collapse(value))

/**
 * The recognition decisions that stay in a report of which something was left out. A decision stays whole or goes whole,
 * never half. It goes when a result of it, by its `local` id, is one that was left out: its credits must not come back
 * through the decision. A whole that stays as a frame was left out, too.
 *
 * @param chosen the results that were chosen, with all their parts; no frames
 */
export function keptRecognitions(report: Report, chosen: readonly Specification[]): ResultOfRecognition[] {
  const staying = new Set(chosen.flatMap(withParts).flatMap(localIds))
  const left = new Set(
    resultsOf(report)
      .flatMap(localIds)
      .filter((id) => !staying.has(id)),
  )
  return (report.resultOfRecognition ?? []).filter(
    (decision) => !recognitionResults(decision).some((los) => localIds(los).some((id) => left.has(id))),
  )
}
