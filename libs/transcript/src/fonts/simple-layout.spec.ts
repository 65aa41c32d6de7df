import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'
import type { Font } from 'fontkit'
import { Kerning, simpleLayout } from './simple-layout.js'

const require = createRequire(import.meta.url)
const open = () => fontkit.openSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')) as Font
const [whole, own] = [open(), open()]
const kerning = new Kerning(open())
const setSimply = (text: string) => simpleLayout(own, kerning, text)

describe('simpleLayout', () => {
  it.each(['AVATAR To WAVE. Ty', 'Õppeaine, äriõigus – 7.5 ECTS', 'Ελληνικά Λ.Τ.', 'Гідрологія Тамара', '“P.” L’Été'])(
    'sets %s as the font says',
    (text) => {
      const [ours, theirs] = [setSimply(text)!, whole.layout(text)]
      expect(ours.glyphs.map(({ id }) => id)).toEqual(theirs.glyphs.map(({ id }) => id))
      expect(ours.positions.map(({ xAdvance }) => xAdvance)).toEqual(theirs.positions.map(({ xAdvance }) => xAdvance))
      expect(ours.advanceWidth).toBe(theirs.advanceWidth)
    },
  )

  it('takes distances into account', () => {
    expect(setSimply('AV')!.advanceWidth).toBeLessThan(setSimply('A')!.advanceWidth + setSimply('V')!.advanceWidth)
  })

  it('keeps the letters of a ligature apart, for who copies the text out', () => {
    expect(whole.layout('office').glyphs).toHaveLength(4)
    expect(
      setSimply('office')!
        .glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints))
        .join(''),
    ).toBe('office')
  })

  it.each(['e\u0301', 'שלום', 'سلام', '数学', '\u00ad', 'a\u200db'])('leaves %j to the font', (text) => {
    expect(setSimply(text)).toBeUndefined()
  })
})
