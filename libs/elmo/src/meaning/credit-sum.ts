import type { Elmo, Identifier, LearningOpportunitySpecification, Report } from '../model.js'
import { assessResult, isCourse, type AssessedResult } from './assess-results.js'
import { isAbsurd } from './credit-statement.js'
import { printDecimal, sumDecimals, type Decimal } from './decimal.js'
import { inOneOrder } from './in-one-order.js'
import { listReportResults, nodeOf } from './list-results.js'
import { opportunityType } from './opportunity-type.js'
import { recognisableUnits } from './recognisable-units.js'
import { findRepeatedResults, type RepeatedResults } from './repeated-results.js'

/** Decimal sum as text of ECTS credits; undefined when no result states any, which is not "0". */
export interface CreditSum {
  /** Such as "7.5"; "0" when credits are stated and come to nothing. */
  readonly ects: string | undefined
  /** The share of it that is beyond doubt: passed for certain, stated once, a number that can be. */
  readonly certain: string | undefined
  /** How many results were added up. */
  readonly counted: number
}

export interface CreditSums {
  /** The total awarded: on each path from the top the first result with ECTS counts and nothing below it. */
  readonly frontier: CreditSum
  /** For recognition: the recognisable units (courses) count, whatever stands above and below them does not. */
  readonly course: CreditSum
  /** The two do not agree, for instance because a degree states other credits than its courses add up to. */
  readonly differ: boolean
  /** Results of recognition decisions, counted like the frontier. Part of the two sums at the recognising institution alone. */
  readonly recognised: CreditSum
}

export interface CreditSumOptions {
  /** The institution that asks. Results that it recognised itself are then part of the sums. */
  readonly home?: Identifier
}

interface Assessment {
  readonly trees: readonly AssessedResult[]
  readonly recognised: readonly AssessedResult[]
  readonly atHome: boolean
}

/** What was counted, by id: for explanations. Of a repeated result it is the id that shows it best. */
export interface CreditCount {
  readonly sums: CreditSums
  readonly repeated: RepeatedResults
  /** The result of a report that shows an achievement best: itself where only a recognition decision shows it better. */
  readonly shownBy: (result: AssessedResult) => AssessedResult
  readonly unitIds: ReadonlySet<string>
  readonly frontierIds: ReadonlySet<string>
  readonly courseIds: ReadonlySet<string>
}

const sameText = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** The results that a decision gives: all when positive, the mapped ones when partially positive, else none. */
function recognisedResults(report: Report): LearningOpportunitySpecification[] {
  return (report.resultOfRecognition ?? []).flatMap(({ status, recognitionResult = [], recognitionMapping = [] }) => {
    if (status === 'Positive') return recognitionResult
    if (status !== 'Partially Positive') return []
    const mapped = new Set(
      recognitionMapping.flatMap(({ toMapping = [] }) => toMapping.flat()).map((ref) => ref.trim()),
    )
    return recognitionResult.filter(({ identifier = [] }) =>
      identifier.some(({ type, value }) => sameText(type, 'local') && mapped.has(value.trim())),
    )
  })
}

/** A report with everything in it judged by itself. */
export function assessReport(report: Report, reportIndex: number, { home }: CreditSumOptions = {}): Assessment {
  const { issuer } = report
  const nodes = listReportResults(report, reportIndex)
  const above = { id: `${reportIndex}/recognised`, depth: -1, reportIndex }
  const recognised = recognisedResults(report).map((los, index) => assessResult(nodeOf(los, index, above), issuer))
  const atHome =
    home !== undefined &&
    issuer.identifier.some(({ type, value }) => sameText(type, home.type) && sameText(value, home.value))
  return { trees: nodes.map((node) => assessResult(node, issuer)), recognised, atHome }
}

const withParts = (result: AssessedResult): AssessedResult[] => [result, ...result.parts.flatMap(withParts)]

/** Adds up; each achievement once, however often it is shown. */
class Counting {
  readonly counted: AssessedResult[] = []
  private readonly covered = new Set<string>()

  constructor(private readonly repeated: RepeatedResults) {}

  /** The first results with ECTS from the top. A whole of which a course was counted elsewhere is counted by its parts. */
  frontier(result: AssessedResult): void {
    const { credits, parts } = result
    if (this.isCovered(result)) return
    const { status } = this.repeated.bestOf(result)
    const own = credits.value !== undefined && credits.meaning !== 'zero-whole' && credits.meaning !== 'grade'
    if (!own || status.status !== 'passed' || parts.some((part) => this.holdsCovered(part)))
      return parts.forEach((part) => this.frontier(part))
    this.count(result)
  }

  /** A unit for recognition: it counts when it is passed; without credits of its own those of its parts do. */
  unit(result: AssessedResult): void {
    if (this.repeated.bestOf(result).status.status === 'passed') this.frontier(result)
  }

  sum(): CreditSum {
    const certain = this.counted.filter((result) => isCertain(result, this.repeated))
    return { ects: print(this.counted), certain: print(certain), counted: this.counted.length }
  }

  private count(result: AssessedResult): void {
    this.counted.push(result)
    this.cover(result)
  }

  private cover(result: AssessedResult): void {
    if (isCourse(result)) this.covered.add(this.repeated.bestOf(result).id)
    result.parts.forEach((part) => this.cover(part))
  }

  private isCovered(result: AssessedResult): boolean {
    return isCourse(result) && this.covered.has(this.repeated.bestOf(result).id)
  }

  private holdsCovered(result: AssessedResult): boolean {
    return this.isCovered(result) || result.parts.some((part) => this.holdsCovered(part))
  }
}

const isCertain = (result: AssessedResult, repeated: RepeatedResults): boolean =>
  repeated.bestOf(result).status.certain &&
  !repeated.isAgain(result) &&
  (result.credits.value === undefined || !isAbsurd(result.credits.value))

function print(results: readonly AssessedResult[]): string | undefined {
  const sum = sumDecimals(results.map(({ credits }) => credits.value).filter((value): value is Decimal => !!value))
  return sum && printDecimal(sum)
}

const ranks = ['Degree Programme', 'Module', 'Course', 'Class']

/** Greater wholes first, so that it does not matter whether a degree stands before or behind its courses. */
function greatestFirst(trees: readonly AssessedResult[]): AssessedResult[] {
  const rank = ({ los }: AssessedResult): number => ranks.indexOf(opportunityType(los) ?? '') + 1 || ranks.length + 1
  return [...trees].sort((a, b) => rank(a) - rank(b))
}

/** Counts what assessed reports hold. */
export function countCredits(assessments: readonly Assessment[]): CreditCount {
  const own = inOneOrder(assessments.flatMap(({ trees }) => trees))
  const recognised = inOneOrder(assessments.flatMap((one) => one.recognised))
  const home = inOneOrder(assessments.filter(({ atHome }) => atHome).flatMap((one) => one.recognised))
  const repeated = findRepeatedResults([...own, ...recognised])
  const units = inOneOrder(assessments.flatMap(({ trees }) => recognisableUnits(trees)))

  const frontier = new Counting(repeated)
  for (const tree of [...greatestFirst(own), ...home]) frontier.frontier(tree)
  const course = new Counting(repeated)
  for (const unit of [...units, ...recognisableUnits(home)]) course.unit(unit)
  const decided = new Counting(repeated)
  for (const tree of recognised) decided.frontier(tree)

  const sums = {
    frontier: frontier.sum(),
    course: course.sum(),
    differ: frontier.sum().ects !== course.sum().ects,
    recognised: decided.sum(),
  }
  const decisions = new Set(recognised.flatMap(withParts))
  const shownBy = (result: AssessedResult): AssessedResult => {
    const best = repeated.bestOf(result)
    return decisions.has(best) ? result : best
  }
  const ids = (results: readonly AssessedResult[]): Set<string> => new Set(results.map((result) => shownBy(result).id))
  const counted = { frontierIds: ids(frontier.counted), courseIds: ids(course.counted) }
  return { sums, repeated, shownBy, unitIds: ids(units), ...counted }
}

/**
 * The ECTS credits of a document or of one report, added up in the two ways that make sense, without rounding.
 *
 * - Only the scheme `ects` counts, in any case; a decimal comma is read as a point.
 * - What failed or is in progress gives no credits itself; in the frontier its passed parts may. See `resultStatus` for
 *   results without a status: what a known failing grade denies is left out.
 * - A whole that states "0" while its parts state credits is counted by its parts. A grade in the place of credits (a degree
 *   of no more than 6 ECTS) is no credit.
 * - A course that is shown twice, below its degree and by itself, counts once: same issuer, same code, and neither title,
 *   date, grade, credits nor outcome contradict. Of a whole that holds such a course the parts are counted, not the whole.
 *   The same code with another title, date or grade counts again, and is not certain.
 * - The basis of a recognition never counts; its results count in `recognised`, and in the two sums only at `home`.
 *
 * Spec: LOI-ECTS-ONCE, LOI-ECTS-VALUE, RPT-SUBSET of the ELMO annotations.
 */
export function creditSums(of: Elmo | Report, options: CreditSumOptions = {}): CreditSums {
  const reports = 'reports' in of ? of.reports : [of]
  return countCredits(reports.map((report, index) => assessReport(report, index, options))).sums
}

/**
 * The ECTS credits awarded: the `frontier` of `creditSums`.
 *
 * Spec: LOI-ECTS-ONCE, LOI-ECTS-VALUE of the ELMO annotations.
 */
export const creditSum = (of: Elmo | Report): CreditSum => creditSums(of).frontier
