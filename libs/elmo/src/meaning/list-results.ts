import type { Elmo, LearningOpportunitySpecification, Report } from '../model.js'

/** A result that can be chosen. `id` is its place in the document: report/los/part/... such as "0/2/1". */
export interface ResultNode {
  readonly id: string
  /** 0 for a result right under its report. */
  readonly depth: number
  readonly reportIndex: number
  /** The id of the result that this one is part of. */
  readonly parent?: string
  readonly los: LearningOpportunitySpecification
  readonly parts: readonly ResultNode[]
}

type Above = Pick<ResultNode, 'id' | 'depth' | 'reportIndex'>

/** A result below what stands `above` it. */
export const nodeOf = (los: LearningOpportunitySpecification, index: number, above: Above): ResultNode => {
  const here = { id: `${above.id}/${index}`, depth: above.depth + 1, reportIndex: above.reportIndex }
  const parent = above.depth < 0 ? {} : { parent: above.id }
  return { ...here, ...parent, los, parts: (los.parts ?? []).map((part, place) => nodeOf(part, place, here)) }
}

/** The results of a report as trees; `reportIndex` is its place in the document. */
export const listReportResults = (report: Report, reportIndex: number): ResultNode[] =>
  (report.learningOpportunitySpecification ?? []).map((los, index) =>
    nodeOf(los, index, { id: `${reportIndex}`, depth: -1, reportIndex }),
  )

/**
 * The results of a document as trees, one list per report, in the order of the document. The id of a result says where it
 * stands (report/result/part/...), so that it is the same each time that the document is read.
 *
 * Spec: ELMO schema.xsd, learningOpportunitySpecification and hasPart.
 */
export const listResults = (elmo: Elmo): ResultNode[][] => elmo.reports.map(listReportResults)
