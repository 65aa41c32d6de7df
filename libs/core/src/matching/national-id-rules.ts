/** How one country writes its numbers for persons. */
export interface NationalIdRule {
  /** Signs between the digits that carry no meaning. */
  readonly separators: RegExp
  readonly form: RegExp
  /** Absent where the country does not guarantee a check digit. */
  readonly hasRightCheck?: (value: string) => boolean
  /** A number given for the time being (coordination number, D-number, bis number, replacement number); a later one may differ. */
  readonly isInterim?: (value: string) => boolean
  /** A number that only test environments give out. */
  readonly isMadeUp?: (value: string) => boolean
}

const digitsOf = (value: string): number[] => [...value].map(Number)
const weighted = (value: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, i) => sum + weight * Number(value[i]), 0)
const dayOf = (value: string): number => Number(value.slice(0, 2))
const monthOf = (value: string): number => Number(value.slice(2, 4))

function luhn(value: string): boolean {
  const sum = digitsOf(value).reduce((total, digit, i) => {
    const counted = (value.length - i) % 2 === 0 ? digit * 2 : digit
    return total + (counted > 9 ? counted - 9 : counted)
  }, 0)
  return sum % 10 === 0
}

/** ISO 7064, MOD 11,10. */
function mod1110(value: string): boolean {
  const rest = digitsOf(value.slice(0, -1)).reduce((sum, digit) => (((sum + digit) % 10 || 10) * 2) % 11, 10)
  return (11 - rest) % 10 === Number(value.at(-1))
}

/** ISO 7064, MOD 11-2: the last sign may be X, which is ten. */
function mod112(value: string): boolean {
  const rest = digitsOf(value.slice(0, -1)).reduce((sum, digit) => ((sum + digit) * 2) % 11, 0)
  return '0123456789X'[(12 - rest) % 11] === value.at(-1)
}

const hetuSigns = '0123456789ABCDEFHJKLMNPRSTUVWXY'
const belgian = (value: string): boolean =>
  ['', '2'].some((century) => 97 - (Number(century + value.slice(0, 9)) % 97) === Number(value.slice(9)))

const codiceOdd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
function codiceFiscale(value: string): boolean {
  const place = (sign: string) => (/\d/.test(sign) ? Number(sign) : sign.charCodeAt(0) - 65)
  const sum = [...value.slice(0, 15)].reduce(
    (total, sign, i) => total + (i % 2 === 0 ? codiceOdd[place(sign)]! : place(sign)),
    0,
  )
  return String.fromCharCode(65 + (sum % 26)) === value[15]
}

/**
 * The countries whose numbers we can read, by ISO 3166-1 alpha-2. Test environments hand out numbers with impossible
 * dates, so dates are not checked.
 */
export const nationalIdRules: Readonly<Record<string, NationalIdRule>> = {
  BE: {
    separators: /[ .-]/g,
    form: /^\d{11}$/,
    hasRightCheck: belgian,
    // A bis number has 20 or 40 more in its month: it is for people who are not registered, or not yet.
    isInterim: (value) => monthOf(value) > 12,
  },
  CN: { separators: / /g, form: /^\d{17}[\dX]$/, hasRightCheck: mod112 },
  // Since 2007 numbers without a right check digit are given out.
  DK: { separators: /[ -]/g, form: /^\d{6}[\dA-Z]{4}$/, isInterim: (value) => /[A-Z]/.test(value) },
  // The sign in the middle says the century: it is part of the number.
  FI: {
    separators: / /g,
    form: /^\d{6}[-+YXWVUABCDEF]\d{3}[0-9A-FHJ-NPR-Y]$/,
    hasRightCheck: (value) => hetuSigns[Number(value.slice(0, 6) + value.slice(7, 10)) % 31] === value[10],
    isInterim: (value) => value[7] === '9',
  },
  HR: { separators: / /g, form: /^\d{11}$/, hasRightCheck: mod1110 },
  // Where two people would have the same code, digits are written as letters, beginning at the end.
  IT: {
    separators: / /g,
    form: /^[A-Z]{6}[\dL-NP-V]{2}[A-Z][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/,
    hasRightCheck: codiceFiscale,
  },
  NL: {
    separators: /[ .]/g,
    form: /^\d{9}$/,
    hasRightCheck: (value) => weighted(value, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
  },
  NO: {
    separators: /[ -]/g,
    form: /^\d{11}$/,
    hasRightCheck: (value) =>
      weighted(value, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
      weighted(value, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    isInterim: (value) => dayOf(value) > 40,
    // Test registers add 40 or 80 to the month.
    isMadeUp: (value) => monthOf(value) > 40,
  },
  PL: {
    separators: / /g,
    form: /^\d{11}$/,
    hasRightCheck: (value) => weighted(value, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  // Ten digits or, with the century, twelve; universities write a letter into interim numbers, which have no check digit.
  SE: {
    separators: /[ +-]/g,
    form: /^(\d{2})?\d{6}[\dA-Z]\d{3}$/,
    hasRightCheck: (value) => /[A-Z]/.test(value) || luhn(value.slice(-10)),
    isInterim: (value) => /[A-Z]/.test(value) || Number(value.slice(-6, -4)) > 60,
  },
}
