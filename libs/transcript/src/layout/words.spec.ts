import { FontSet } from '../fonts/font-set.js'
import { printableText } from '../fonts/printable-text.js'
import { visualOrder, wordsOf } from './words.js'

const fonts = new FontSet([])
const words = (text: string) => wordsOf(text, fonts, false)
/** What stands on the page from left to right; letters of a word from right to left in the order in which they are read. */
const seen = (text: string) =>
  visualOrder(words(text))
    .map(({ pieces }) => pieces.map((piece) => piece.text).join(''))
    .join('')

describe('visualOrder', () => {
  it('leaves words from left to right as they are', () => {
    expect(seen('One (two) 3, four')).toBe('One (two) 3, four')
  })

  it('turns words from right to left, and only them', () => {
    expect(seen('See אבג דהו now')).toBe('See דהו אבג now')
  })

  it('puts a bracket on the other side of its word, mirrored', () => {
    expect(seen('(אבג)')).toBe('(אבג)')
    expect(seen('(אבג')).toBe('אבג)')
  })

  it('keeps the digits of a number between such words', () => {
    expect(seen('אבג 2026 דהו')).toBe('דהו 2026 אבג')
    expect(seen('(אבג 2) דהו')).toBe('דהו (2 אבג)')
  })

  it('puts a number behind such words where who reads them looks for it', () => {
    expect(seen('1 אבג דהו 2')).toBe('1 2 דהו אבג')
    expect(seen('אבג (דהו 2) C')).toBe('(2 דהו) אבג C')
    expect(seen('אבג ١٢ – x')).toBe('١٢ אבג – x')
    // Ours: a term with its days.
    expect(seen('אבג (2025-08-01 – 2025-12-31)')).toBe('אבג (2025-08-01 – 2025-12-31)')
  })
})

describe('wordsOf', () => {
  it('lets a line end behind each character of a script without spaces', () => {
    expect(words('数据 ab cd').filter(({ kind }) => kind === 'word')).toHaveLength(4)
  })

  it('keeps a mark with its letter', () => {
    const [word] = words('x\u0323y')
    expect(word?.pieces.map(({ text }) => text)).toEqual(['x\u0323y'])
  })

  it('takes the bold font only where it is asked for', () => {
    expect(wordsOf('a', fonts, true)[0]?.pieces[0]?.face).toBe(fonts.bold)
    expect(wordsOf('a', fonts, false)[0]?.pieces[0]?.face).toBe(fonts.regular)
  })

  it('leaves out joints where no letters are joined, and keeps them where they are', () => {
    expect(seen('\u2d30\u200d\u2d30 a\u200db')).toBe('\u2d30\u2d30 ab')
    expect(seen('\u0646\u200c\u0647')).toBe('\u0646\u200c\u0647')
  })

  it('writes private and unassigned characters as numbers, though a font may draw them', () => {
    expect(seen('\ue000')).toBe('[U+E000]')
  })
})

describe('printableText', () => {
  it('composes, drops controls and marks of direction, and keeps line breaks', () => {
    expect(printableText('e\u0301\u0007 \u202eb\u202c\r\nc\ud800')).toBe('é  b\nc\ufffd')
  })
})
