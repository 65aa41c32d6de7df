import { DocumentOutput } from './document-output.js'
import { makeMarkup } from './markup.js'

const written = (...texts: readonly string[]): string => {
  const output = new DocumentOutput()
  for (const text of texts) output.markup(makeMarkup(text))
  return output
    .pieces()
    .map((piece) => Buffer.from(piece).toString('latin1'))
    .join('')
}

describe('makeMarkup', () => {
  it('is written as the text it was made of, whatever its length, at whatever place', () => {
    const printable = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).join('')
    const texts = Array.from(printable, (_, length) => printable.slice(length) + '\n')
    expect(written(...texts)).toBe(texts.join(''))
  })

  it('is written whole where a chunk ends', () => {
    const texts = Array.from({ length: 20_000 }, (_, index) => `<element-${index}>`)
    expect(written(...texts)).toBe(texts.join(''))
  })

  it.each(['\u007f', '\u00ff', 'é', '\t'])('refuses characters that it is not made for', (text) => {
    expect(() => makeMarkup(text)).toThrow(RangeError)
  })
})
