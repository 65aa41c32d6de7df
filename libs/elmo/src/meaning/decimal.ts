/** A decimal number as digits and the count of those behind the point: no rounding anywhere. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

/**
 * More digits than any producer writes: a binary fraction such as 0.1, printed to its end, has 55. Numbers of any length
 * would cost time in the square of their length, and each number beside them again.
 */
const mostDigits = 64

/** Reads what `xs:decimal` allows, and a decimal comma; undefined for anything else, and for more than 64 digits. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = ''] = /^([+-]?)(\d*)(?:[.,](\d*))?$/.exec(text.trim()) ?? []
  const digits = whole.length + fraction.length
  if (digits === 0 || digits > mostDigits) return undefined
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), scale: fraction.length }
}

function raise({ digits, scale }: Decimal, to: number): bigint {
  return digits * 10n ** BigInt(to - scale)
}

function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { digits: raise(a, scale) + raise(b, scale), scale }
}

/** The sum; undefined of an empty list, which is not zero. */
export function sumDecimals(list: readonly Decimal[]): Decimal | undefined {
  const [first, ...others] = list
  return first && others.reduce(addDecimals, first)
}

/** Below, at or above nought when `a` is smaller than, equal to or greater than `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale)
  const difference = raise(a, scale) - raise(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Without zeros at the end: `7.50` is `7.5`. */
export function printDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  const fraction = padded.slice(padded.length - scale).replace(/0+$/, '')
  return `${sign}${whole}${fraction === '' ? '' : `.${fraction}`}`
}
