/** A language, then English; English alone where the text is no language tag, which `Intl` would throw at. */
export function localesFor(language: string): readonly string[] {
  try {
    return [...Intl.getCanonicalLocales(language), 'en']
  } catch {
    return ['en']
  }
}
