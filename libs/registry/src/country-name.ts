import { localesFor } from './locales-for.js'

/** The name of a country in a language, or in English where that language is unknown; the code when it has no name. */
export function countryName(code: string, language: string): string {
  return new Intl.DisplayNames(localesFor(language), { type: 'region' }).of(code) ?? code
}

/** What people call a country in English, too. */
const otherNames: Readonly<Record<string, string>> = {
  CZ: 'Czech Republic',
  GB: 'UK, Great Britain, England, Scotland, Wales',
  NL: 'Holland',
  US: 'USA, America',
}

/** All that a country is called: in a language, in English, and there. */
export function namesOfCountry(code: string, language: string): readonly string[] {
  const there = new Intl.Locale('und', { region: code }).maximize().language
  return [...[language, 'en', there].map((each) => countryName(code, each)), otherNames[code] ?? '']
}
