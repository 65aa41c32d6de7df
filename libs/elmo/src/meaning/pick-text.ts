import type { LangString } from '../model.js'

/** One language: many write `no`, some say which of its written forms it is. Whoever wants one of them reads the others. */
const norwegian = ['no', 'nb', 'nn']

/** The wanted language and what is left when its subtags are cut off from the end: pt-BR, pt. */
function lookupRanges(language: string): string[] {
  const subtags = language.toLowerCase().split('-')
  const ranges = subtags.map((_, cut) => subtags.slice(0, subtags.length - cut).join('-'))
  return norwegian.includes(subtags[0]!) ? [...ranges, ...norwegian] : ranges
}

/**
 * The text in the best of the wanted languages (BCP 47, best first), else the first; undefined when there is no text.
 * `en-GB` is content with `en`, and `en` with `en-GB`; `nb` and `nn` with each other and with `no`. An empty text, as some write where a translation is missing, is none.
 *
 * Spec: RFC 4647, section 3.4 (lookup).
 */
export function pickText(
  texts: readonly LangString[] | undefined,
  languages: readonly string[],
): LangString | undefined {
  const said = (texts ?? []).filter(({ value }) => value.trim() !== '')
  for (const range of languages.flatMap(lookupRanges)) {
    const found =
      said.find(({ lang }) => lang?.toLowerCase() === range) ??
      said.find(({ lang }) => lang?.toLowerCase().startsWith(`${range}-`))
    if (found !== undefined) return found
  }
  return said[0]
}

/**
 * The first text that says something, whatever its language; undefined when there is none.
 *
 * Spec: as `pickText` with no language wanted.
 */
export const firstText = (texts: readonly LangString[] | undefined): string | undefined => pickText(texts, [])?.value
