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
    expect(relateNames(a, b, 'family')).toEqual({ relation, transliterated })
    expect(relateNames(b, a, 'family')).toEqual({ relation, transliterated })
  })

  it.each([
    ['Jia Le', 'Jia Yi', 'different'],
    ['Xiao De', 'Xiao Le', 'different'],
    ['Thi Le', 'Thi Lan', 'different'],
    ['Thị Đỗ', 'Thi Le', 'different'],
    ['Van Minh', 'Le Minh', 'different'],
    ['Van Minh', 'Minh', 'part'],
    ['Jia Le', 'Jiale', 'same'],
    ['María del Carmen', 'Carmen Maria', 'part'],
    ['María de los Ángeles', 'Maria de las Angeles', 'near'],
    ['El Mehdi', 'Al-Mehdi', 'same'],
    ['José María', 'María José', 'same'],
    ['John A.', 'John Andrew', 'near'],
    ['J.', 'John', 'near'],
    ['J.', 'J. Paul', 'near'],
    ['J. Paul', 'J.', 'near'],
    ['Ö.', 'Ö. Paul', 'near'],
    ['J.', 'J', 'same'],
    ['J.P.', 'Jean-Paul', 'near'],
    ['J.P.', 'JP', 'same'],
    ['J A', 'John Andrew Peter', 'near'],
    ['A. John', 'J. Andrew', 'near'],
    ['John A.', 'John', 'part'],
    ['John A.', 'John Peter', 'different'],
    ['John A.', 'Peter Andrew', 'different'],
    ['A. A.', 'Anna Berta', 'different'],
    ['М. Анна', 'Мария Анна', 'near'],
    ['明', '明華', 'different'],
    ['Mª José', 'María José', 'near'],
    ['Ma. Teresa', 'Maria Teresa', 'near'],
    ['Ma.Teresa', 'Mª Teresa', 'same'],
    ['ʿAlī', 'Ali', 'same'],
    ['Sanaʾ', 'Sana', 'same'],
    ['ＡＮＮＡ　Ｍ．', 'Anna M', 'same'],
  ] as const)('relates the given names %s and %s, of which every word counts: %s', (a, b, relation) => {
    expect(relateNames(a, b, 'given').relation).toBe(relation)
    expect(relateNames(b, a, 'given').relation).toBe(relation)
  })
})
