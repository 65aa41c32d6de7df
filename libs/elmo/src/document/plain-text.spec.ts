import fc from 'fast-check'
import { shapeOf } from '../grammar/shape.js'
import { simpleTypes } from '../grammar/simple-types.js'
import { scanXml } from '../xml/scan-xml.js'
import { checkSimpleType, collapse } from './check-value.js'
import { plainText } from './plain-text.js'

const rows = Object.keys(simpleTypes).map((type) => shapeOf(type).text!)
const predefined = [shapeOf('Identifier').attributes[0]!]
const values = [
  ...Object.values(simpleTypes).flatMap((type) => ('values' in type ? type.values : [])),
  'local',
  'LOCAL',
]

const pieces = fc.constantFrom(
  ...['a', 'é', '語', '𝄞', ' ', '  ', '\t', '\n', '\r\n', '\r', '.', '-', '7', '12', 'en', 'P3Y', 'NO', '2024-02-29'],
  ...['&amp;', '&lt;', '&gt;', '&quot;', '&apos;', '&#32;', '&#x9;', '&#233;', ...values],
)

/** The text of an element, by the short way and by the long one. */
function read(row: (typeof rows)[number], written: string): { short?: string; long: string; isRight: boolean } {
  const tape = scanXml(Buffer.from(`<a>${written}</a>`))
  const isEncoded = /[&\r]/.test(written)
  const short = plainText(tape.source, row, tape.start(1), tape.end(1), isEncoded)
  const type = row.simpleType!
  const long = type.whiteSpace === 'collapse' ? collapse(tape.text(1)) : tape.text(1)
  return { short, long, isRight: checkSimpleType(type, long) === undefined }
}

describe('plainText', () => {
  it('gives what decoding, collapsing and checking give, or nothing', () => {
    const written = fc.array(pieces, { minLength: 1, maxLength: 4 }).map((all) => all.join(''))
    let given = 0
    fc.assert(
      fc.property(fc.constantFrom(...rows, ...predefined), written, (row, text) => {
        const { short, long, isRight } = read(row, text)
        if (short === undefined) return
        given++
        expect(short).toBe(long)
        expect(isRight).toBe(true)
      }),
      { seed: 3, numRuns: 20_000 },
    )
    expect(given).toBeGreaterThan(2_000)
  })

  it.each([
    ['token', 'a b &amp; c', 'a b & c'],
    ['string', '  a\tb ', '  a\tb '],
    ['status', 'in-progress', 'in-progress'],
    ['decimal', '7.5', '7.5'],
    ['language', 'nb', 'nb'],
  ])('takes a plain %s', (type, written, expected) => {
    expect(read(shapeOf(type).text!, written).short).toBe(expected)
  })

  it('leaves another spelling of a value that the format names to a longer look', () => {
    expect(read(predefined[0]!, 'LOCAL').short).toBeUndefined()
    expect(read(predefined[0]!, 'local').short).toBe('local')
    expect(read(predefined[0]!, 'my own').short).toBe('my own')
  })
})
