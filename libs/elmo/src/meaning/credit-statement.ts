import type { LearningOpportunitySpecification } from '../model.js'
import { compareDecimals, parseDecimal, type Decimal } from './decimal.js'
import { opportunityType } from './opportunity-type.js'
import type { ResultStatus } from './result-status.js'

/**
 * What the ECTS credits of a result mean. Zero is data and has three meanings; no credits and no value are a fourth: nobody
 * knows.
 *
 * - `credits`: a number other than zero
 * - `zero-passed`: an obligatory item that is worth nothing, such as a safety course
 * - `zero-not-passed`: an attempt that failed, was missed or goes on
 * - `zero-whole`: the parts carry the credits
 * - `not-stated`: no entry in ECTS, one without a value, or a value that is no number or has more than 64 digits
 * - `grade`: a grade in the place of credits
 */
export type CreditMeaning = 'credits' | 'zero-passed' | 'zero-not-passed' | 'zero-whole' | 'not-stated' | 'grade'

export interface CreditStatement {
  readonly meaning: CreditMeaning
  /** The number as stated; absent when there is none. */
  readonly value?: Decimal
}

const zero: Decimal = { digits: 0n, scale: 0 }
/** Grades go from 1.0 to 6.0, and no degree is worth so few credits. */
const highestGrade: Decimal = { digits: 6n, scale: 0 }
/** More than any degree is worth. */
const absurd: Decimal = { digits: 400n, scale: 0 }

/** Below zero or above 400 ECTS. Spec: practice rule P-NEG-CREDIT. */
export const isAbsurd = (value: Decimal): boolean =>
  compareDecimals(value, zero) < 0 || compareDecimals(value, absurd) > 0

/** The first ECTS value that is a number. `ECTS` in any case counts, other schemes do not; a decimal comma is a point. */
function statedEcts({ instance }: LearningOpportunitySpecification): Decimal | undefined {
  for (const { scheme, value } of instance.credit ?? []) {
    if (scheme.trim().toLowerCase() !== 'ects' || value === undefined) continue
    const number = parseDecimal(value)
    if (number !== undefined) return number
  }
  return undefined
}

/**
 * @param partsState a part, at any depth, states credits other than zero
 *
 * Spec: LOI-ECTS-VALUE of the ELMO annotations; practice rule P-GRADE-IN-CREDIT (a degree of no more than 6 ECTS: German
 * school leaving certificates carry the average grade there).
 */
export function creditStatement(
  los: LearningOpportunitySpecification,
  { status }: ResultStatus,
  partsState: boolean,
): CreditStatement {
  const value = statedEcts(los)
  if (value === undefined) return { meaning: 'not-stated' }
  if (compareDecimals(value, zero) === 0) {
    if (partsState) return { meaning: 'zero-whole', value }
    return { meaning: status === 'passed' ? 'zero-passed' : 'zero-not-passed', value }
  }
  const small = compareDecimals(value, zero) > 0 && compareDecimals(value, highestGrade) <= 0
  return { meaning: small && opportunityType(los) === 'Degree Programme' ? 'grade' : 'credits', value }
}
