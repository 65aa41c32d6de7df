import type { Elmo, LearningOpportunitySpecification, Report } from '../model.js'

/** Decimal sum as text of the ECTS credits; undefined when no result states any. */
export interface CreditSum {
  /** Such as "7.5"; "0" when credits are stated and come to nothing. */
  readonly ects: string | undefined
  /** How many results were added up. */
  readonly counted: number
}

/** A decimal number as digits and the count of those behind the point: no rounding anywhere. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim()) ?? []
  if (whole === '' && fraction === '') return undefined
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length }
}

function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const raise = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own)
  return { digits: raise(a) + raise(b), scale }
}

function printDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}

function ectsOf({ instance }: LearningOpportunitySpecification): Decimal | undefined {
  if (instance.status === 'failed' || instance.status === 'in-progress') return undefined
  for (const { scheme, value } of instance.credit ?? []) {
    if (scheme.trim().toLowerCase() === 'ects' && value !== undefined) return parseDecimal(value)
  }
  return undefined
}

function frontier(los: LearningOpportunitySpecification): Decimal[] {
  const own = ectsOf(los)
  return own === undefined ? (los.parts ?? []).flatMap(frontier) : [own]
}

/**
 * The ECTS credits awarded. On each path from the top the first result with ECTS counts and nothing below it, because many
 * producers state the credits of a course again at its parts. `ECTS` in any case counts, other schemes do not; a decimal
 * comma is read as a point. Results that failed or are in progress give no credits themselves; their parts may.
 *
 * Spec: LOI-ECTS-ONCE, LOI-ECTS-VALUE of the ELMO annotations.
 */
export function creditSum(of: Elmo | Report): CreditSum {
  const reports = 'reports' in of ? of.reports : [of]
  const counted = reports.flatMap((report) => (report.learningOpportunitySpecification ?? []).flatMap(frontier))
  const [first, ...others] = counted
  return { ects: first && printDecimal(others.reduce(add, first)), counted: counted.length }
}
