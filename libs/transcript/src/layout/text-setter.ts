import type { FontSet, Face } from '../fonts/font-set.js'
import { visualOrder, wordsOf, type Piece, type Word } from './words.js'

export interface TextStyle {
  /** Points. */
  readonly size: number
  readonly bold: boolean
  readonly colour: string
}

/** A line of words that fits. */
export interface Line {
  readonly words: readonly Word[]
  readonly style: TextStyle
}

/** Of the size of the letters. */
const lineHeightShare = 1.3
const ascentShare = 0.95

export const lineHeight = ({ size }: TextStyle): number => size * lineHeightShare

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

type Document = PDFKit.PDFDocument

/** Measures texts, breaks them into lines and sets the lines. */
export class TextSetter {
  readonly #doc: Document
  readonly #fonts: FontSet
  readonly #widths = new Map<Face, Map<string, number>>()

  constructor(doc: Document, fonts: FontSet) {
    this.#doc = doc
    this.#fonts = fonts
    for (const { name, font } of fonts.faces) doc.registerFont(name, font as unknown as string)
  }

  /** Lines no wider than `width` points; a word that is wider is broken between its characters. */
  linesOf(text: string, style: TextStyle, width: number): Line[] {
    const lines: Word[][] = [[]]
    let used = 0
    const space = wordsOf(' ', this.#fonts, false)
    for (const word of wordsOf(text, this.#fonts, style.bold)) {
      if (word.kind === 'break') {
        lines.at(-1)?.push(...space)
        lines.push([])
        used = 0
        continue
      }
      const wordWidth = this.#wordWidth(word, style)
      if (word.kind === 'space') {
        if (used > 0) lines.at(-1)?.push(word)
        used += used > 0 ? wordWidth : 0
        continue
      }
      for (const part of wordWidth > width ? this.#split(word, style, width) : [word]) {
        const partWidth = this.#wordWidth(part, style)
        if (used > 0 && used + partWidth > width + 0.01) {
          lines.push([])
          used = 0
        }
        lines.at(-1)?.push(part)
        used += partWidth
      }
    }
    return lines.map((words, index) => ({ words: trimmed(words, index === lines.length - 1), style }))
  }

  /** Sets a line with its top left corner there. */
  draw({ words, style }: Line, x: number, y: number): void {
    const baseline = y + style.size * ascentShare
    let at = x
    this.#doc.fillColor(style.colour)
    for (const piece of joined(visualOrder(words).flatMap(({ pieces }) => pieces))) {
      this.#doc.font(piece.face.name).fontSize(style.size)
      this.#doc.text(piece.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' })
      at += this.#pieceWidth(piece, style)
    }
  }

  /** Without the space at its end. */
  widthOf({ words, style }: Line): number {
    return trimmed(words, true).reduce((sum, word) => sum + this.#wordWidth(word, style), 0)
  }

  #wordWidth(word: Word, style: TextStyle): number {
    return word.pieces.reduce((sum, piece) => sum + this.#pieceWidth(piece, style), 0)
  }

  /** Widths grow with the size, so each text is measured once. */
  #pieceWidth({ text, face }: Piece, { size }: TextStyle): number {
    let known = this.#widths.get(face)
    if (known === undefined) this.#widths.set(face, (known = new Map<string, number>()))
    let width = known.get(text)
    if (width === undefined) {
      width = this.#doc.font(face.name).fontSize(1000).widthOfString(text) / 1000
      known.set(text, width)
    }
    return width * size
  }

  #split(word: Word, style: TextStyle, width: number): Word[] {
    const parts: Piece[][] = [[]]
    let used = 0
    const characters = word.pieces.flatMap((piece) => {
      if (piece.alone) return [piece]
      const all = [...graphemes.segment(piece.text)].map(({ segment }) => segment)
      if (!piece.rtl) return all.map((text) => ({ ...piece, text }))
      // Letters that are joined are kept together as far as a line goes.
      const most = Math.max(1, Math.floor((all.length * width * 0.9) / Math.max(this.#pieceWidth(piece, style), 1)))
      return Array.from({ length: Math.ceil(all.length / most) }, (_, index) => ({
        ...piece,
        text: all.slice(index * most, (index + 1) * most).join(''),
      }))
    })
    for (const piece of characters) {
      const pieceWidth = this.#pieceWidth(piece, style)
      if (used > 0 && used + pieceWidth > width) {
        parts.push([])
        used = 0
      }
      parts.at(-1)?.push(piece)
      used += pieceWidth
    }
    return parts.map((pieces) => ({ kind: 'word', pieces: joined(pieces) }))
  }
}

/** Without the spaces at the end; one stays where a line follows, or the words of two lines would be read as one. */
function trimmed(words: readonly Word[], isLast: boolean): Word[] {
  const last = words.findLastIndex(({ kind }) => kind !== 'space')
  return words.slice(0, last + (isLast ? 1 : 2))
}

/** Neighbours of one font as one piece, so that the text comes out whole. Right to left each word stands alone. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    const joins =
      last !== undefined && last.face === piece.face && !last.rtl && !piece.rtl && !last.alone && !piece.alone
    if (joins) result[result.length - 1] = { ...last, text: last.text + piece.text }
    else result.push(piece)
  }
  return result
}
