import type { FontSet, Face } from '../fonts/font-set.js'
import { hasRtlLetters, rtlLetters } from '../fonts/right-to-left.js'

/** Characters in a row that one font sets. */
export interface Piece {
  readonly text: string
  readonly face: Face
  readonly rtl: boolean
  /** Is never set together with its neighbours: it stands for a character that no font has, or cannot be set with them. */
  readonly alone?: true
}

/** What stays on one line, or a space, or the end of a line. */
export interface Word {
  readonly kind: 'word' | 'space' | 'break'
  readonly pieces: readonly Piece[]
}

/** A line may end behind each of these characters: their scripts write no spaces. */
const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}\\u3000-\\u303f\\uff00-\\uffef'
const wordPattern = new RegExp(`\\n|[^\\S\\n]+|[${unspaced}]\\p{M}*|[^\\s${unspaced}]+`, 'gu')

const directionPattern = new RegExp(
  `[${rtlLetters}\\p{M}\\u200c\\u200d]*${rtlLetters}[${rtlLetters}\\p{M}\\u200c\\u200d]*|[^${rtlLetters}]+`,
  'gv',
)
const joints = /[\u200c\u200d]/

const pairs = ['()', '[]', '{}', '<>', '«»', '‹›']
const mirrored = new Map(
  pairs.flatMap(
    ([open = '', close = '']) =>
      [
        [open, close],
        [close, open],
      ] as const,
  ),
)
const mirror = (text: string): string => [...text].map((character) => mirrored.get(character) ?? character).join('')

const inWords = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

/** The pieces of a text of one direction: a change of font begins a new one; what no font has becomes its number. */
function piecesOf(text: string, rtl: boolean, fonts: FontSet, bold: boolean): Piece[] {
  const pieces: { text: string; face: Face; rtl: boolean; alone?: true }[] = []
  for (const character of text) {
    const last = pieces.at(-1)
    const open = last !== undefined && last.alone === undefined ? last : undefined
    // Only letters that are joined need joints; in other scripts they are hints, and fontkit breaks down at some of them.
    if (joints.test(character) && !(rtl && open?.face.has(character.codePointAt(0) ?? 0))) continue
    // A mark or a joint stays with its letter where that font has it.
    const stays = open?.face.has(character.codePointAt(0) ?? 0) && /[\p{M}\u200c\u200d]/u.test(character)
    const face = stays ? open?.face : fonts.faceFor(character, bold)
    if (face === undefined) pieces.push({ text: inWords(character), face: fonts.regular, rtl: false, alone: true })
    else if (open?.face === face) open.text += character
    else pieces.push({ text: character, face, rtl })
  }
  return pieces.flatMap(canBeSet)
}

/** Scripts whose letters stand one beside the other, whatever comes before and behind. */
const plain = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Common}]*$/u

/** The piece, or its characters one by one where fontkit breaks down at them together; those that it never sets are left to their numbers. */
function canBeSet(piece: Piece): Piece[] {
  if (plain.test(piece.text) || sets(piece.face, piece.text)) return [piece]
  return [...piece.text].map((text) => ({ ...piece, text: sets(piece.face, text) ? text : inWords(text), alone: true }))
}

function sets({ font }: Face, text: string): boolean {
  try {
    font.layout(text)
    return true
  } catch {
    return false
  }
}

function wordOf(text: string, fonts: FontSet, bold: boolean): Word {
  if (text === '\n') return { kind: 'break', pieces: [] }
  if (/^\s+$/.test(text)) return { kind: 'space', pieces: piecesOf(' ', false, fonts, bold) }
  if (!hasRtlLetters(text)) return { kind: 'word', pieces: piecesOf(text, false, fonts, bold) }
  const parts = [...text.matchAll(directionPattern)].map(([part]) => {
    const rtl = hasRtlLetters(part)
    return piecesOf(rtl ? part : mirror(part), rtl, fonts, bold)
  })
  return { kind: 'word', pieces: parts.reverse().flat() }
}

/** A text as words, each with the fonts that set it. The text is printable (see `printableText`). */
export const wordsOf = (text: string, fonts: FontSet, bold: boolean): Word[] =>
  [...text.matchAll(wordPattern)].map(([word]) => wordOf(word, fonts, bold))

const hasLetters = ({ pieces }: Word): boolean => pieces.some(({ text }) => /\p{L}/u.test(text))

/** A number between words from right to left: its digits stay, brackets and the like change sides. */
const turned = (word: Word): Word => ({
  ...word,
  pieces: word.pieces
    .flatMap((piece) =>
      [...piece.text.matchAll(/\p{N}(?:[^\s()[\]{}]*\p{N})?|\P{N}+/gu)].map(([text]) => ({
        ...piece,
        text: mirror(text),
      })),
    )
    .reverse(),
})

const isRtl = ({ pieces }: Word): boolean => pieces.some(({ rtl }) => rtl)

/** A number without a bracket before it, as behind a title: what we say about a title ourselves begins with one. */
const beginsWithNumber = (word: Word): boolean => /^\p{N}/u.test(word.pieces[0]?.text ?? '') && !hasLetters(word)

/**
 * The words of a line in the order in which they are seen: words from right to left in a row change places, with
 * the numbers between and right behind them; everything else stays. This is less than the Unicode bidirectional algorithm;
 * see the README.
 */
export function visualOrder(line: readonly Word[]): Word[] {
  const seen: Word[] = []
  for (let index = 0; index < line.length;) {
    let end = index
    if (isRtl(line[index] as Word)) {
      for (let next = index + 1, before = index; next < line.length; next++) {
        const word = line[next] as Word
        if (word.kind === 'space') continue
        if (isRtl(word) || (before === end && beginsWithNumber(word))) end = next
        else if (hasLetters(word)) break
        before = next
      }
    }
    const run = line.slice(index, end + 1)
    seen.push(...(run.length === 1 ? run : run.map((word) => (isRtl(word) ? word : turned(word))).reverse()))
    index = end + 1
  }
  return seen
}
