import { birthDateOf } from './birth-date-of.js'

describe('birthDateOf', () => {
  it.each([
    ['131052-308T', '1952-10-13'],
    ['131052-', '1952-10-13'],
    ['010203A', '2003-02-01'],
    ['010203F', '2003-02-01'],
    ['010203Y', '1903-02-01'],
    ['010203+', '1803-02-01'],
  ])('reads the day of %s', (written, day) => {
    expect(birthDateOf(written)).toBe(day)
  })

  it.each(['310203A', '131052', '131052B308', '131052-308T1', 'x', ''])('reads none in "%s"', (written) => {
    expect(birthDateOf(written)).toBeUndefined()
  })
})
