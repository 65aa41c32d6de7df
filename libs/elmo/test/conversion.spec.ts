import fc from 'fast-check'
import type { ConversionLoss } from '../src/convert/conversion-loss.js'
import { convertElmo } from '../src/convert/convert-elmo.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { releases } from '../src/grammar/releases.js'
import { elmoArbitraryOf } from './elmo-arbitrary.js'
import { covers, differences, unnamedDepartures } from './expect-survival.js'

const seed = 20260302
const numRuns = process.env['EMREX_LONG_TESTS'] === '1' ? 400 : 3

const pairs = releases.flatMap((from) => releases.map((to) => [from, to] as const))

describe('convertElmo between all releases', () => {
  it.each(pairs)('from %s to %s gives a valid document and names what it lost', (from, to) => {
    const property = fc.property(elmoArbitraryOf(from), (elmo) => {
      const before = JSON.stringify(elmo)
      expect(validateElmo(elmo, from)).toEqual([])
      const { elmo: converted, losses } = convertElmo(elmo, to)
      expect(validateElmo(converted, to)).toEqual([])
      expect(unnamedDepartures(elmo, converted, losses)).toEqual([])
      expect(JSON.stringify(elmo)).toBe(before)
    })
    fc.assert(property, { seed, numRuns })
  })
})

/** Where something of a source went, or stands with another value. */
const touched = (losses: readonly ConversionLoss[]): string[] => losses.flatMap(({ path, kept = path }) => [path, kept])

describe('convertElmo there and back again', () => {
  const there = [
    ['1.7.0', '2.1.1'],
    ['2.1.1', '1.7.0'],
    ['1.7.0', '2.0.0'],
    ['2.0.0', '1.7.0'],
    ['1.2.0', '1.7.0'],
    ['1.7.0', '1.2.0'],
  ] as const

  it.each(there)('gives a document of %s back from %s but for what was named', (from, to) => {
    const property = fc.property(elmoArbitraryOf(from), (elmo) => {
      const away = convertElmo(elmo, to)
      const home = convertElmo(away.elmo, from)
      const named = [...away.losses, ...home.losses]
      // An empty extension goes with the marker that had moved into it.
      if (elmo.extension?.length === 0) delete elmo.extension
      if (home.elmo.extension?.length === 0) delete home.elmo.extension
      expect(differences(elmo, home.elmo).filter((path) => !covers(touched(named), path))).toEqual([])
      expect(validateElmo(home.elmo, from)).toEqual([])
    })
    fc.assert(property, { seed, numRuns: numRuns * 4 })
  })

  it('loses nothing on the way from 1.7.0 to 2.1.1 but what 2.1.1 does not have', () => {
    const property = fc.property(elmoArbitraryOf('1.7.0'), (elmo) => {
      const { losses } = convertElmo(elmo, '2.1.1')
      const gone = losses.filter(({ what }) => what === 'dropped' || what === 'missing')
      expect(gone.filter(({ path }) => !/credit\/\d+\/level$|^\/signature$/.test(path))).toEqual([])
    })
    fc.assert(property, { seed, numRuns: numRuns * 4 })
  })
})
