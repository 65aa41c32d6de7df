import { nationalIdRules } from './national-id-rules.js'

/** A national identifier in the form in which it is compared, with what was noticed. */
export interface NormalisedNationalId {
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string
  readonly value: string
  /**
   * `form`: not what the country writes. `check-digit`: does not add up. `made-up`: only test registers give it out, and
   * this is production. Only ever a warning: a wrong mapping or test data, never a reason to refuse somebody.
   */
  readonly warning?: 'form' | 'check-digit' | 'made-up'
  /** Given for the time being: another number of the same country does not contradict it. */
  readonly interim: boolean
}

// As eIDAS writes them.
const otherNames: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' }

/** The code of a country as ISO 3166-1 writes it, upper case. */
export const countryCodeOf = (code: string): string =>
  otherNames[code.trim().toUpperCase()] ?? code.trim().toUpperCase()

/**
 * Takes out the signs that carry no meaning in the country's numbers. For countries we do not know only blanks go. Numbers
 * of test registers are warned of in production only.
 */
export function normaliseNationalId(
  countryCode: string,
  written: string,
  environment: 'production' | 'test' | 'demo' = 'test',
): NormalisedNationalId {
  const country = countryCodeOf(countryCode)
  const rule = nationalIdRules[country]
  const value = written
    .trim()
    .toUpperCase()
    .replace(rule?.separators ?? / /g, '')
  if (rule === undefined) return { country, value, interim: false }
  if (!rule.form.test(value)) return { country, value, warning: 'form', interim: false }
  const interim = rule.isInterim?.(value) ?? false
  if (rule.hasRightCheck?.(value) === false) return { country, value, warning: 'check-digit', interim }
  if (environment === 'production' && rule.isMadeUp?.(value) === true)
    return { country, value, warning: 'made-up', interim }
  return { country, value, interim }
}

/** Where no rule says which signs count, registers keep and drop them as they like: AB12-3, AB12/3. */
const compared = ({ country, value }: NormalisedNationalId): string =>
  nationalIdRules[country] === undefined ? value.replace(/[^\p{L}\p{N}]/gu, '') : value

/** Whether two normalised numbers are one: Sweden writes the same number with and without its century. */
export const isSameNationalId = (a: NormalisedNationalId, b: NormalisedNationalId): boolean =>
  a.country === b.country &&
  (compared(a) === compared(b) ||
    (a.country === 'SE' && a.value.length !== b.value.length && a.value.slice(-10) === b.value.slice(-10)))
