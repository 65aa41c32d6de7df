import { transliterations, type Transliteration } from './transliterations.js'

// With the signs for ayn and hamza (ʿ, ʾ), which some write and some leave out.
const apostrophesAndDots = /['’‘‛ʼʻʽʾʿ`´′″ʹʺ"“”.·]/g
// What NFKC makes of a mark that stood alone.
const loneMarks = /(?<= )\p{M}+/gu
const notLetters = /[^\p{L}\p{M}\p{N}]+/gu
const marks = /\p{M}+/gu
// Names of a register that holds no such name: a lone X, XX, XXX; FNU and LNU (first, last name unknown); N.N.
const placeholders = /^(X+|FNU|LNU|NN)$/

/** Full-width letters, ligatures and Mª as plain letters. Apostrophes go first: NFKC makes a blank of some, and some of others. */
const plainLetters = (name: string): string =>
  name.replace(apostrophesAndDots, '').normalize('NFKC').replace(loneMarks, '').replace(apostrophesAndDots, '')

/** A name in upper case by rules that no locale changes, without apostrophes and dots, other signs as one blank. */
export const normaliseName = (name: string): string =>
  plainLetters(name).toUpperCase().normalize('NFC').replace(notLetters, ' ').trim()

/** Whether a name says nothing: empty, only signs, or a placeholder of a register. */
export const isBlankName = (name: string): boolean => {
  const normal = normaliseName(name)
  return normal === '' || placeholders.test(normal)
}

function fold(normal: string, { groups = [], letters }: Transliteration): string {
  const grouped = groups.reduce((text, [pattern, written]) => text.replace(pattern, written), normal)
  let folded = ''
  for (const letter of grouped) folded += letters[letter] ?? bare(letter, letters)
  return folded.replace(/ +/g, ' ').trim()
}

function bare(letter: string, letters: Transliteration['letters']): string {
  const stripped = letter.normalize('NFD').replace(marks, '')
  return letters[stripped] ?? stripped
}

/**
 * Every way in which a register may have written a name in A to Z: data reach us already folded, each in its own way, so
 * two names are compared by all their foldings. Letters of an alphabet that no table knows stay as they are.
 *
 * Spec: ICAO Doc 9303-3 section 6, ISO 843, ISO 9 and national tables (`transliterations.ts`).
 */
export function foldName(name: string): readonly string[] {
  const normal = normaliseName(name)
  return [...new Set(transliterations.map((table) => fold(normal, table)))]
}
