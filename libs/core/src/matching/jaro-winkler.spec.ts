import fc from 'fast-check'
import { jaroWinkler } from './jaro-winkler.js'

describe('jaroWinkler', () => {
  // The published examples of the method.
  it.each([
    ['MARTHA', 'MARHTA', 0.961],
    ['DWAYNE', 'DUANE', 0.84],
    ['DIXON', 'DICKSONX', 0.813],
    ['JONES', 'JOHNSON', 0.832],
    ['ABC', 'XYZ', 0],
    ['', 'A', 0],
    ['', '', 1],
  ])('measures %s and %s', (a, b, similarity) => {
    expect(jaroWinkler(a, b)).toBeCloseTo(similarity, 3)
  })

  it('is symmetric and stays between 0 and 1', () => {
    const letters = fc.string({ unit: fc.constantFrom('A', 'B', 'C', ' '), maxLength: 12 })
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        expect(jaroWinkler(a, b)).toBe(jaroWinkler(b, a))
        expect(jaroWinkler(a, b)).toBeGreaterThanOrEqual(0)
        expect(jaroWinkler(a, b)).toBeLessThanOrEqual(1)
      }),
      { seed: 20260211, numRuns: 2000 },
    )
  })
})
