/** A language, then English; English alone where the text is no language tag, which `Intl` would throw at. */
export function localesFor(language: string): readonly string[] {
  try {
    return [...Intl.getCanonicalLocales(language), 'en']
  } catch {
    return ['en']
  }
}

/** The name of a country in a language, or in English where that language is unknown; the code when it has no name. */
export function countryName(code: string, language: string): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code
  return new Intl.DisplayNames(localesFor(language), { type: 'region' }).of(code) ?? code
}

/** The country of a document for people to read: its name, with the code that is sent; as it stands where that is no code. */
export function shownCountry(text: string, language: string): string {
  const code = text.trim()
  const name = countryName(code, language)
  return name === code ? text : `${name} (${code})`
}
