import { calendarDay, shownDay } from './calendar-day.js'

describe('calendarDay', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2024-06-01 00:00:00', '2024-06-01'],
    ['2024-06-01T23:30:00-11:00', '2024-06-01'],
    ['2024-06-01T00:00:00Z', '2024-06-01'],
    ['2024-06-01Z', '2024-06-01'],
    ['2024-06-01+02:00', '2024-06-01'],
  ])('cuts %s to %s and shifts nothing', (text, day) => {
    expect(calendarDay(text)).toBe(day)
  })

  it.each(['2023-02-29', '2024-13-01', '01.06.2024', '2024-06', '20240601', '2024-06-01-02', '0000-01-01', ''])(
    'takes %p for no day',
    (text) => {
      expect(calendarDay(text)).toBeUndefined()
    },
  )
})

describe('shownDay', () => {
  it('is the day alone, and what is no day as it stands', () => {
    expect(['2001-04-05+02:00', '2001-04-05', 'spring 2001', ''].map(shownDay)).toEqual([
      '2001-04-05',
      '2001-04-05',
      'spring 2001',
      '',
    ])
  })
})
