import fc from 'fast-check'
import { XmlBytes } from './xml-bytes.js'

describe('XmlBytes', () => {
  const letters = Array.from({ length: 60_000 }, (_, index) => (index % 7000 === 6999 ? 'å' : `${index % 10}`))
  const document = Buffer.from(letters.join(''))
  const isInside = (at: number): boolean => (document[at]! & 0xc0) === 0x80

  it('gives the text of any range, read on or back, near and far', () => {
    const step = fc.record({ jump: fc.integer({ min: -40_000, max: 40_000 }), length: fc.nat(400), reads: fc.nat(300) })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const bytes = new XmlBytes(document)
        let start = 0
        for (const { jump, length, reads } of steps) {
          start += jump
          for (let read = 0; read < reads; read++) {
            start = ((start % document.length) + document.length) % document.length
            while (isInside(start)) start++
            let end = Math.min(start + length, document.length)
            while (isInside(end)) end++
            expect(bytes.text(start, end)).toBe(document.toString('utf8', start, end))
            const isAscii = !document.subarray(start, end).some((byte) => byte > 0x7f)
            if (isAscii) expect(bytes.ascii(start, end)).toBe(document.toString('latin1', start, end))
            start = end + 20
          }
        }
      }),
      { seed: 1, numRuns: 60 },
    )
  })
})
