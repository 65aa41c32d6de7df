import { collapse } from '../document/check-value.js'
import { courseCode } from '../meaning/course-code.js'
import type { LearningOpportunitySpecification, Report, ResultOfRecognition } from '../model.js'

type Specification = LearningOpportunitySpecification

export const withParts = (los: Specification): Specification[] => [los, ...(los.parts ?? []).flatMap(withParts)]

export const resultsOf = ({ learningOpportunitySpecification }: Pick<Report, 'learningOpportunitySpecification'>) =>
  (learningOpportunitySpecification ?? []).flatMap(withParts)

export const recognitionResults = ({ recognitionResult }: ResultOfRecognition): Specification[] =>
  (recognitionResult ?? []).flatMap(withParts)

/** What a result is known by: its codes, and the one that staff would write; not every university gives `local` ones. */
function idsOf(los: Specification): string[] {
  const codes = (los.identifier ?? []).filter(({ type }) => /^(local|ewp-los-id)$/i.test(collapse(type)))
  return [...codes.map(({ value }) => value), courseCode(los) ?? ''].map(collapse).filter((id) => id !== '')
}

/**
 * The recognition decisions that stay in a report of which something was left out. A decision stays whole or goes whole,
 * never half. It goes when a result of it, by its codes, is one that was left out: its credits must not come back
 * through the decision. A whole that stays as a frame was left out, too.
 *
 * @param chosen the results that were chosen, with all their parts; no frames
 */
export function keptRecognitions(report: Report, chosen: readonly Specification[]): ResultOfRecognition[] {
  const staying = new Set(chosen.flatMap(withParts).flatMap(idsOf))
  const left = new Set(
    resultsOf(report)
      .flatMap(idsOf)
      .filter((id) => !staying.has(id)),
  )
  return (report.resultOfRecognition ?? []).filter(
    (decision) => !recognitionResults(decision).some((los) => idsOf(los).some((id) => left.has(id))),
  )
}
