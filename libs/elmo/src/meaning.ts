import type { Elmo, LangString, LearningOpportunitySpecification, Report } from './model.js'
/** Decimal sum as text of the ECTS credits; undefined when no result states any. */
export interface CreditSum {
  readonly ects: string | undefined
  readonly counted: number
}
/** Frontier sum: the first node with ECTS on each path counts, nothing below it. */
export function creditSum(of: Elmo | Report): CreditSum {
  throw new Error('not built yet')
}
/** The course code with its fallbacks (local, courseCode, ewp-los-id, a single other identifier); undefined when there is none. */
export function courseCode(los: LearningOpportunitySpecification): string | undefined {
  throw new Error('not built yet')
}
/** The text in the best of the wanted languages (BCP 47), else the first. */
export function pickText(
  texts: readonly LangString[] | undefined,
  languages: readonly string[],
): LangString | undefined {
  throw new Error('not built yet')
}
