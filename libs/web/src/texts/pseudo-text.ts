/** The language of the pseudo texts: never offered, asked for by tests. */
export const pseudoLanguage = 'en-XA'

const accents: Readonly<Record<string, string>> = {
  a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú', y: 'ý', c: 'ç', n: 'ñ', s: 'š', z: 'ž',
  A: 'Á', E: 'É', I: 'Í', O: 'Ó', U: 'Ú', Y: 'Ý', C: 'Ç', N: 'Ñ', S: 'Š', Z: 'Ž',
} // prettier-ignore

/**
 * A text made recognisable: ⟦brackets⟧, accents, and about 40 per cent longer, as translations are. Placeholders stay.
 * What stands on a page without brackets was written into the page and cannot be translated.
 */
export function pseudoText(text: string): string {
  const accented = text.replace(/\{[^}]*\}+|[a-z]/gi, (part) => accents[part] ?? part)
  return `⟦${accented}${'·'.repeat(Math.ceil(text.length * 0.4))}⟧`
}
