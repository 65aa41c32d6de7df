import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import type { Font } from 'fontkit'
import { isArabicNumber } from './right-to-left.js'
import { Kerning, simpleLayout } from './simple-layout.js'

/** A further font: the path of a TrueType or OpenType file; of a collection the first face, unless `face` names another. */
export type FontFile = string | { readonly path: string; readonly face: string }

/** A font that was opened, and how it is called inside the PDF. */
export interface Face {
  readonly name: string
  readonly font: Font
  readonly has: (codePoint: number) => boolean
}

const require = createRequire(import.meta.url)

/** What is kept of a font for the process: its tables, read once, which characters it has, and their distances. */
interface KnownFont {
  readonly font: Font
  readonly codePoints: ReadonlySet<number>
  readonly kerning: Kerning
}
const known = new Map<string, KnownFont>()

const unreadable = (path: string, cause: unknown) => new Error(`The font file ${path} cannot be read.`, { cause })

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw unreadable(path, error)
  }
}

function openFont(path: string, face: string | undefined, bytes: Buffer): Font {
  let font
  try {
    font = fontkit.create(bytes, face)
  } catch (error) {
    throw unreadable(path, error)
  }
  const found = font !== null && 'fonts' in font ? font.fonts[0] : font
  // A collection that lacks the face gives nothing.
  if (found === null || found === undefined) throw new Error(`The font file ${path} has no face ${face ?? ''}.`)
  return found
}

const ownGlyphs = (font: Font) => Object.create(font, { _glyphs: { value: {}, writable: true } }) as Font

/**
 * A font as one document sees it: the tables are those of the process, the glyphs its own. A font remembers of each glyph
 * how it was first asked for, and a glyph that was once a part of another (the epsilon of an accented one) has no meaning
 * afterwards, so that text could not be copied out. What is kept does no work itself, so it remembers no glyph.
 */
function faceOf(path: string, face?: string): Face {
  const name = face === undefined ? path : `${path}#${face}`
  let kept = known.get(name)
  if (kept === undefined) {
    const font = openFont(path, face, readBytes(path))
    kept = { font, codePoints: new Set(font.characterSet), kerning: new Kerning(ownGlyphs(font)) }
    known.set(name, kept)
  }
  const { codePoints, kerning } = kept
  const font = ownGlyphs(kept.font)
  const layout = font.layout.bind(font)
  font.layout = (text, ...further: unknown[]) => {
    if (further.some((each) => each !== undefined)) return layout(text, ...(further as []))
    if (isArabicNumber(text)) return layout(text, undefined, undefined, undefined, 'ltr')
    return simpleLayout(font, kerning, text) ?? layout(text)
  }
  return { name, font, has: (codePoint: number) => codePoints.has(codePoint) }
}

/** Under the name that pdfkit knows the font of its constructor by: by any other it would open that one for each word. */
function ours(file: string): Face {
  const face = faceOf(require.resolve(`dejavu-fonts-ttf/ttf/${file}`))
  return { ...face, name: face.font.postscriptName ?? face.name }
}

/** Code points that stand for nothing outside one font, so that a reader could make nothing of them. */
const meaningless = /[\p{Co}\p{Cn}]/u

/** The fonts of a document: DejaVu Sans first, then those that were configured, in their order. */
export class FontSet {
  readonly regular = ours('DejaVuSans.ttf')
  readonly bold = ours('DejaVuSans-Bold.ttf')
  readonly #further: readonly Face[]
  readonly #missing = new Set<number>()

  /** @throws {Error} a font file cannot be read, or has no such face */
  constructor(files: readonly FontFile[]) {
    this.#further = files.map((file) => (typeof file === 'string' ? faceOf(file) : faceOf(file.path, file.face)))
  }

  get faces(): readonly Face[] {
    return [this.regular, this.bold, ...this.#further]
  }

  /** How many different characters no font had so far. */
  get missing(): number {
    return this.#missing.size
  }

  /** The first font that has the character; undefined when none has. */
  faceFor(character: string, bold: boolean): Face | undefined {
    const codePoint = character.codePointAt(0) ?? 0
    if (!meaningless.test(character)) {
      const order = bold ? [this.bold, this.regular, ...this.#further] : [this.regular, this.bold, ...this.#further]
      const face = order.find(({ has }) => has(codePoint))
      if (face !== undefined) return face
    }
    this.#missing.add(codePoint)
    return undefined
  }
}
