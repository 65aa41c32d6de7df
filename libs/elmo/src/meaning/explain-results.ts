import type { Elmo, LangString, Report } from '../model.js'
import type { AssessedResult } from './assess-results.js'
import { completenessOf, type ReportCompleteness } from './completeness.js'
import type { CourseKey } from './course-code.js'
import { assessReport, countCredits, type CreditCount, type CreditSums, type CreditSumOptions } from './credit-sum.js'
import { isAbsurd, type CreditMeaning } from './credit-statement.js'
import { compareDecimals, printDecimal } from './decimal.js'
import { listResults, type ResultNode } from './list-results.js'
import { opportunityType } from './opportunity-type.js'
import { pickText } from './pick-text.js'
import { resultDate, type ResultDate } from './result-date.js'
import { resultLevel, type ResultLevel } from './result-level.js'
import type { ResultDoubt } from './result-doubts.js'
import type { ResultStatus } from './result-status.js'

/** One result with everything that can be told of it. */
export interface ExplainedResult {
  /** Its place: report/los/part/... as in `listResults`. */
  readonly id: string
  readonly depth: number
  readonly parent?: string
  /** In the wanted language; absent when the document has no title for it. */
  readonly title?: LangString
  /** As the format writes it; one that the format does not have as it is written. */
  readonly type?: string
  readonly key: CourseKey
  /** Can be recognised by itself. */
  readonly unit: boolean
  /** The same achievement is shown better at this id; this one is not counted again. */
  readonly repeats?: string
  /** ECTS as stated, without zeros at the end; absent when none is stated. A grade in their place is not repeated here. */
  readonly ects?: string
  readonly credits: CreditMeaning
  /** Whether it was added up in the two sums of the document. */
  readonly counted: { readonly frontier: boolean; readonly course: boolean }
  readonly status: ResultStatus
  /** As printed; opaque. */
  readonly grade?: string
  readonly date: ResultDate
  readonly level?: ResultLevel
  /** ISO 639-1, lower case. */
  readonly languageOfInstruction?: string
  /** What a person should look at; empty = nothing odd. */
  readonly doubts: readonly ResultDoubt[]
}

export interface ExplainedReport {
  readonly reportIndex: number
  /** Name of the institution in the wanted language; its address when it has none. */
  readonly issuer: string
  readonly country?: string
  readonly completeness: ReportCompleteness
  /** Of this report alone: a course that an earlier report shows too is counted here. */
  readonly sums: CreditSums
  /** In the order of the document, parts behind their whole. */
  readonly results: readonly ExplainedResult[]
}

export interface ExplainedDocument {
  /** Of all reports together. */
  readonly sums: CreditSums
  readonly reports: readonly ExplainedReport[]
}

export interface ExplainOptions extends CreditSumOptions {
  /** BCP 47, best first; `en` when not given. */
  readonly languages?: readonly string[]
}

const defined = <T extends object>(object: T): T =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T

function doubtsOf(result: AssessedResult, { repeated }: CreditCount, date: ResultDate): ResultDoubt[] {
  const { status, credits, partsEcts } = result
  const doubts: ResultDoubt[] = []
  if (!status.certain && status.reason !== 'stated' && status.reason !== 'enrolment' && status.reason !== 'not-stated')
    doubts.push(status.reason)
  if (credits.meaning === 'grade') doubts.push('grade-in-credit')
  if (credits.meaning === 'credits' && credits.value !== undefined) {
    if (isAbsurd(credits.value)) doubts.push('absurd-credits')
    if (partsEcts !== undefined && compareDecimals(partsEcts, credits.value) !== 0) doubts.push('parts-differ')
  }
  if (repeated.isAgain(result)) doubts.push('same-code-again')
  return [...doubts, ...date.doubts]
}

function explain(
  node: ResultNode,
  result: AssessedResult,
  count: CreditCount,
  languages: readonly string[],
): ExplainedResult {
  const { id, depth, parent, los } = node
  const { resultLabel, languageOfInstruction = '' } = los.instance
  const { status, credits } = result
  const date = resultDate(los)
  const best = count.shownBy(result).id
  return defined({
    id,
    depth,
    parent,
    title: pickText(los.title, languages),
    type: opportunityType(los) ?? los.type,
    key: result.key,
    unit: count.unitIds.has(id),
    repeats: best === id ? undefined : best,
    ects: credits.value === undefined || credits.meaning === 'grade' ? undefined : printDecimal(credits.value),
    credits: credits.meaning,
    counted: { frontier: count.frontierIds.has(id), course: count.courseIds.has(id) },
    status,
    grade: resultLabel,
    date,
    level: resultLevel(los),
    languageOfInstruction: languageOfInstruction.trim().toLowerCase() || undefined,
    doubts: doubtsOf(result, count, date),
  } as ExplainedResult)
}

const issuerName = ({ issuer }: Report, languages: readonly string[]): string =>
  pickText(issuer.title, languages)?.value ?? issuer.url

/**
 * Everything that this library can tell about the results of a document, as rows: codes, credits and what they mean, status
 * with doubt, dates, levels, what was added up and what a person should look at. Nothing of the learner is in it.
 */
export function explainResults(elmo: Elmo, options: ExplainOptions = {}): ExplainedDocument {
  const languages = options.languages ?? ['en']
  const assessments = elmo.reports.map((report, index) => assessReport(report, index, options))
  const whole = countCredits(assessments)
  const completeness = completenessOf(elmo)
  const nodes = listResults(elmo)
  const reports = elmo.reports.map((report, index): ExplainedReport => {
    const results: ExplainedResult[] = []
    const walk = (node: ResultNode, result: AssessedResult): void => {
      results.push(explain(node, result, whole, languages))
      node.parts.forEach((part, place) => walk(part, result.parts[place]!))
    }
    nodes[index]?.forEach((node, place) => walk(node, assessments[index]!.trees[place]!))
    return defined({
      reportIndex: index,
      issuer: issuerName(report, languages),
      country: report.issuer.country,
      completeness: completeness[index]!,
      sums: countCredits([assessments[index]!]).sums,
      results,
    } as ExplainedReport)
  })
  return { sums: whole.sums, reports }
}
