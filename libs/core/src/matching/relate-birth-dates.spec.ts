import { relateBirthDates } from './relate-birth-dates.js'

describe('relateBirthDates', () => {
  it.each([
    ['1999-05-17', '1999-05-17', 'equal'],
    ['1999-05-17Z', '1999-05-17+02:00', 'equal'],
    ['1999-01-01', '1999-01-01', 'equal'],
    ['1999', '1999-05-17', 'partial'],
    ['1999-05', '1999-05-17', 'partial'],
    ['1999-00-00', '1999-05-17', 'partial'],
    ['1999-05-00', '1999-05-17', 'partial'],
    ['1999-07-05', '1999-05-07', 'partial'],
    ['1999-01-01', '1999-05-17', 'partial'],
    ['1999-05', '1999-06-17', 'different'],
    ['1999-05-17', '1999-05-18', 'different'],
    ['1998-01-01', '1999-05-17', 'different'],
    ['1998', '1999', 'different'],
    ['', '1999-05-17', 'missing'],
    ['17.05.1999', '1999-05-17', 'missing'],
    ['0000-00-00', '1999-05-17', 'missing'],
    [undefined, undefined, 'missing'],
  ] as const)('relates %s and %s: %s', (a, b, relation) => {
    expect(relateBirthDates(a, b)).toBe(relation)
    expect(relateBirthDates(b, a)).toBe(relation)
  })
})
