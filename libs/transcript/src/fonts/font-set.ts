import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import type { Font } from 'fontkit'

/** A further font: the path of a TrueType or OpenType file; of a collection the first face, unless `face` names another. */
export type FontFile = string | { readonly path: string; readonly face: string }

/** A font that was opened, and how it is called inside the PDF. */
export interface Face {
  readonly name: string
  readonly font: Font
  readonly has: (codePoint: number) => boolean
}

const require = createRequire(import.meta.url)
const opened = new Map<string, Face>()

function openFont(path: string, face?: string): Font {
  let font
  try {
    font = fontkit.create(readFileSync(path), face)
  } catch (error) {
    throw new Error(`The font file ${path} cannot be read.`, { cause: error })
  }
  const found = font !== null && 'fonts' in font ? font.fonts[0] : font
  // A collection that lacks the face gives nothing.
  if (found == null) throw new Error(`The font file ${path} has no face ${face ?? ''}.`)
  return found
}

/** Opened once for the process: parsing a large font takes longer than a transcript. */
function faceOf(path: string, face?: string): Face {
  const name = face === undefined ? path : `${path}#${face}`
  const known = opened.get(name)
  if (known !== undefined) return known
  const font = openFont(path, face)
  const codePoints = new Set(font.characterSet)
  const one = { name, font, has: (codePoint: number) => codePoints.has(codePoint) }
  opened.set(name, one)
  return one
}

const ours = (file: string): Face => faceOf(require.resolve(`dejavu-fonts-ttf/ttf/${file}`))

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
