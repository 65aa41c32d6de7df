import { alpha2Of, alpha3Of } from './country-alpha3.js'

/** The EU's table of countries, which writes them with three letters. */
export const countryAuthority = 'http://publications.europa.eu/resource/authority/country'

/** Codes that are not ISO 3166-1 but are written for it. */
const meant: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' }

/** The two-letter code of a country written as a code or as an address of the EU's table; undefined for what is neither. */
export function countryCodeOf(text: string): string | undefined {
  const code = text.trim().replace(/^https?:\/\/publications\.europa\.eu\/resource\/authority\/country\//, '')
  const upper = code.toUpperCase()
  if (upper.length === 3) return alpha2Of.get(upper)
  const known = meant[upper] ?? upper
  return alpha3Of.has(known) ? known : undefined
}

/** The address of a country in the EU's table; undefined for an unknown code. */
export function countryUriOf(code: string): string | undefined {
  const alpha3 = alpha3Of.get(code)
  return alpha3 === undefined ? undefined : `${countryAuthority}/${alpha3}`
}

/** How ELMO 2.1 calls the way a country is written. */
export const countryTypeOf = (text: string): 'ISO' | 'URI' => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? 'URI' : 'ISO')
