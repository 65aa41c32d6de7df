import { localesFor } from './locales-for.js'

/** The name of a country in a language, or in English where that language is unknown; the code when it has no name. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(localesFor(language), { type: 'region' }).of(code) ?? code
}
