import type { Font, GlyphPosition, GlyphRun } from 'fontkit'

/**
 * Letters that stand one beside the other: no mark, no joint, and nothing that a font would put another letter for. Most of
 * what people read here is of this kind.
 */
const simple =
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u024f\u0370-\u03ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u2030-\u205e]*$/

/**
 * How much nearer two letters stand than they are wide, in units of the font. Found by setting the two with everything that
 * the font knows, and kept: the pairs of a language are few, and setting a whole word so takes twenty times as long.
 */
export class Kerning {
  readonly #font: Font
  readonly #pairs = new Map<string, number>()

  /** @param font used for this alone, as it remembers how glyphs were asked for */
  constructor(font: Font) {
    this.#font = font
  }

  between(first: string, second: string): number {
    const pair = first + second
    let distance = this.#pairs.get(pair)
    if (distance === undefined) {
      const { glyphs, positions } = this.#font.layout(pair)
      // A ligature is not taken: its letters would have to be found again when text is copied out.
      distance = glyphs.length === 2 ? (positions[0]?.xAdvance ?? 0) - (glyphs[0]?.advanceWidth ?? 0) : 0
      this.#pairs.set(pair, distance)
    }
    return distance
  }
}

/** Sets simple text by its letters and their distances; undefined where that is not enough. Ligatures are left out. */
export function simpleLayout(font: Font, kerning: Kerning, text: string): GlyphRun | undefined {
  if (!simple.test(text)) return undefined
  const glyphs = font.glyphsForString(text)
  // One place for each UTF-16 unit, as all simple letters have.
  const positions = glyphs.map(({ advanceWidth }, index): GlyphPosition => {
    const next = text[index + 1]
    const kern = next === undefined ? 0 : kerning.between(text[index] ?? '', next)
    return { xAdvance: advanceWidth + kern, yAdvance: 0, xOffset: 0, yOffset: 0 } as GlyphPosition
  })
  const run = {
    glyphs,
    positions,
    // Of the positions as they are when it is asked for: pdfkit changes their units.
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0)
    },
  }
  return run as GlyphRun
}
