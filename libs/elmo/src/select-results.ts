import type { Elmo, LearningOpportunitySpecification } from './model.js'
/** A result that can be chosen. `id` is its place in the document: report/los/part/... such as "0/2/1". */
export interface ResultNode {
  readonly id: string
  readonly depth: number
  readonly reportIndex: number
  readonly parent?: string
  readonly los: LearningOpportunitySpecification
  readonly parts: readonly ResultNode[]
}
/** The results of a document as trees, one list per report in order. */
export function listResults(elmo: Elmo): ResultNode[][] {
  throw new Error('not built yet')
}
/** Keeps what was chosen with all its parts; parents of a chosen result stay as frame without credits and grade; reports without any chosen result go. @throws {ElmoError} ELMO_SELECTION for an unknown id */
export function selectResults(elmo: Elmo, chosen: ReadonlySet<string>): Elmo {
  throw new Error('not built yet')
}
