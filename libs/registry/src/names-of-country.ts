import { countryName } from '@emrex-gateway/core'

/** What people call a country in English, too. */
const otherNames: Readonly<Record<string, string>> = {
  CZ: 'Czech Republic',
  GB: 'UK, Great Britain, England, Scotland, Wales',
  NL: 'Holland',
  US: 'USA, America',
}

/** All that a country is called: in a language, in English, and there; what is no code is called as it stands. */
export function namesOfCountry(code: string, language: string): readonly string[] {
  if (!/^[A-Za-z]{2}$/.test(code)) return [code]
  const there = new Intl.Locale('und', { region: code }).maximize().language
  return [...[language, 'en', there].map((each) => countryName(code, each)), otherNames[code] ?? '']
}
