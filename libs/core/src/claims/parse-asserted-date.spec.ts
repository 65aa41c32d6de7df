import { parseAssertedDate, parseDayFirstDate } from './parse-asserted-date.js'

describe('parseAssertedDate', () => {
  it.each([
    ['1987-02-22', '1987-02-22', 'day'],
    ['19870222', '1987-02-22', 'day'],
    [' 1987-02-22Z ', '1987-02-22', 'day'],
    ['1987-02-22+01:00', '1987-02-22', 'day'],
    ['1987-02-22-11:00', '1987-02-22', 'day'],
    ['1987-02-22T00:00:00.000Z', '1987-02-22', 'day'],
    ['2000-02-29', '2000-02-29', 'day'],
    ['1970-01-01', '1970-01-01', 'day'],
    ['1970-05-00', '1970-05', 'month'],
    ['1970-05', '1970-05', 'month'],
    ['19700500', '1970-05', 'month'],
    ['1970-00-00', '1970', 'year'],
    ['1970', '1970', 'year'],
  ])('reads %s as %s, known to the %s', (text, value, precision) => {
    expect(parseAssertedDate(text)).toEqual({ value, precision })
  })

  it.each(['0000-02-22', '0000-00-00'])('knows nothing from %s', (text) => {
    expect(parseAssertedDate(text)).toBe('unknown')
  })

  it('never moves a day through a time zone', () => {
    for (const zone of ['Z', '+14:00', '-12:00', '+0530'])
      expect(parseAssertedDate(`1989-06-05${zone}`)).toEqual({ value: '1989-06-05', precision: 'day' })
  })

  it.each([
    '1989-06-04T22:00:00Z',
    '1987-02-30',
    '1900-02-29',
    '1987-13-01',
    '1987-00-22',
    '22.02.1987',
    '28-08-1944',
    '1987-2-22',
    '870222',
    'ZZZZ',
    '',
  ])('does not read "%s"', (text) => {
    expect(parseAssertedDate(text)).toBeUndefined()
  })
})

describe('parseDayFirstDate', () => {
  it.each([
    ['28-08-1944', '1944-08-28', 'day'],
    ['01.02.1999', '1999-02-01', 'day'],
    ['00.02.1999', '1999-02', 'month'],
    ['1944-08-28', '1944-08-28', 'day'],
  ])('reads %s as %s, known to the %s', (text, value, precision) => {
    expect(parseDayFirstDate(text)).toEqual({ value, precision })
  })

  it.each(['08-28-1944', '28-08.1944', '28-08-44', '28/08/1944', '30.02.1999'])('does not read "%s"', (text) => {
    expect(parseDayFirstDate(text)).toBeUndefined()
  })
})
