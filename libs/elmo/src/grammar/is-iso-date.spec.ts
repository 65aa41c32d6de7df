import { isIsoDate } from './is-iso-date.js'

describe('isIsoDate', () => {
  it('knows the calendar', () => {
    for (const date of ['1992-02-29', '2000-02-29', '2026-12-31']) expect(isIsoDate(date, 'date')).toBe(true)
    for (const date of ['1990-02-29', '1900-02-29', '2026-04-31', '2026-00-01', '2026-13-01', '2026-01-00']) {
      expect(isIsoDate(date, 'date')).toBe(false)
    }
  })

  it('knows time zones up to 14 hours', () => {
    for (const zone of ['', 'Z', '+02:00', '-00:00', '+14:00'])
      expect(isIsoDate(`2026-01-01${zone}`, 'date')).toBe(true)
    for (const zone of ['z', '+0200', '+14:01', '+15:00', '+01:60']) {
      expect(isIsoDate(`2026-01-01${zone}`, 'date')).toBe(false)
    }
  })

  it('knows the end of the day and refuses leap seconds', () => {
    for (const time of ['24:00:00', '24:00:00.000', '00:00:00', '23:59:59.9']) {
      expect(isIsoDate(`2026-01-01T${time}`, 'dateTime')).toBe(true)
    }
    for (const time of ['24:00:01', '24:00:00.1', '25:00:00', '23:60:00', '23:59:60', '10:00', '10:00:00.']) {
      expect(isIsoDate(`2026-01-01T${time}`, 'dateTime')).toBe(false)
    }
  })

  it('takes a date for a date and a time for a time', () => {
    expect(isIsoDate('2026-01-01', 'dateTime')).toBe(false)
    expect(isIsoDate('2026-01-01T10:00:00', 'date')).toBe(false)
  })

  it('refuses year 0 and padded long years', () => {
    for (const year of ['0000', '02026', '226']) expect(isIsoDate(`${year}-01-01`, 'date')).toBe(false)
    for (const year of ['0001', '-0044', '12026']) expect(isIsoDate(`${year}-01-01`, 'date')).toBe(true)
  })
})
