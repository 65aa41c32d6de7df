import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { Base64Writer } from './base64-writer.js'

describe('Base64Writer', () => {
  it('writes what base64 of all pieces together is, wherever they are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 8 })), (pieces) => {
        const writer = new Base64Writer()
        for (const piece of pieces) writer.add(Buffer.from(piece))
        expect(writer.end()).toBe(Buffer.concat(pieces).toString('base64'))
      }),
      { seed: 1, numRuns: 1000 },
    )
  })

  it('writes large pieces', () => {
    const bytes = randomBytes(2_000_000)
    const writer = new Base64Writer()
    for (const [start, end] of [
      [0, 700_001],
      [700_001, 1_300_000],
      [1_300_000, bytes.length],
    ] as const) {
      writer.add(bytes.subarray(start, end))
    }
    expect(writer.end() === bytes.toString('base64')).toBe(true)
  })
})
