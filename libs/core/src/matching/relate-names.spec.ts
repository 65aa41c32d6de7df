import { relateNames } from './relate-names.js'

describe('relateNames', () => {
  it.each([
    ['Vandenberg', 'van den Berg', 'same', false],
    ['Müller', 'MUELLER', 'same', true],
    ['Garcia Lopez', 'Lopez Garcia', 'same', false],
    ['Van', 'van', 'same', false],
    ['Prado Leal', 'Prado', 'part', false],
    ['Łoś Żak', 'Los', 'part', true],
    ['Müller', 'Mueller-Vik', 'part', true],
    ['Kowalczyk', 'Kowalczik', 'near', false],
    ['Wilk Kowalczyk', 'Kowalczik Wilk', 'near', false],
    ['Maria', 'Marta', 'different', false],
    ['王', 'Wang', 'different', false],
  ] as const)('relates %s and %s: %s', (a, b, relation, transliterated) => {
    expect(relateNames(a, b)).toEqual({ relation, transliterated })
    expect(relateNames(b, a)).toEqual({ relation, transliterated })
  })
})
