import type { Issuer, LearningOpportunitySpecification } from '../model.js'
import { courseKey, type CourseKey } from './course-code.js'
import { creditStatement, type CreditStatement } from './credit-statement.js'
import { sumDecimals, type Decimal } from './decimal.js'
import type { ResultNode } from './list-results.js'
import { opportunityType } from './opportunity-type.js'
import { contextOfParts, resultStatus, type ResultStatus, type StatusContext } from './result-status.js'

/** A result with what is to be thought of it by itself. */
export interface AssessedResult {
  readonly id: string
  readonly los: LearningOpportunitySpecification
  readonly issuer: Issuer
  readonly status: ResultStatus
  readonly credits: CreditStatement
  readonly key: CourseKey
  readonly parts: readonly AssessedResult[]
  /** Credits that the parts state, each path once; undefined when they state none. */
  readonly partsEcts: Decimal | undefined
}

export const isCourse = ({ los }: AssessedResult): boolean => opportunityType(los) === 'Course'

/** The credits that the result states for itself, else those of its parts. */
const ectsOf = ({ credits, partsEcts }: AssessedResult): Decimal | undefined =>
  credits.meaning === 'credits'
    ? credits.value
    : (partsEcts ?? (credits.meaning === 'grade' ? undefined : credits.value))

export function assessResult(
  node: ResultNode,
  issuer: Issuer,
  context: StatusContext = { country: issuer.country },
): AssessedResult {
  const { id, los } = node
  const parts = node.parts.map((part) => assessResult(part, issuer, contextOfParts(los, context)))
  const status = resultStatus(los, context)
  const partsEcts = sumDecimals(parts.flatMap((part) => ectsOf(part) ?? []))
  const credits = creditStatement(los, status, partsEcts !== undefined && partsEcts.digits !== 0n)
  return { id, los, issuer, status, credits, key: courseKey(los, issuer), parts, partsEcts }
}
