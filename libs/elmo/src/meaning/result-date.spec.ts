import type { LearningOpportunityInstance } from '../model.js'
import { resultDate } from './result-date.js'

const dateOf = (instance: LearningOpportunityInstance) => resultDate({ title: [], instance })
const term = (start: string, end: string) => ({ title: [{ value: 'Term' }], start, end })

describe('resultDate', () => {
  it('prefers the date, then the end of the term', () => {
    const academicTerm = term('2025-09-01', '2026-01-31')
    expect(dateOf({ date: '2026-01-15', academicTerm })).toEqual({ date: '2026-01-15', from: 'date', doubts: [] })
    expect(dateOf({ academicTerm })).toEqual({ date: '2026-01-31', from: 'term-end', doubts: [] })
    expect(dateOf({})).toEqual({ doubts: [] })
  })

  it('takes the calendar date as written, whatever offset stands behind it', () => {
    expect(dateOf({ date: ' 2014-11-28+14:00' }).date).toBe('2014-11-28')
    expect(dateOf({ date: '2014-11-28-12:00' }).date).toBe('2014-11-28')
    expect(dateOf({ academicTerm: term('2009-09-01Z', '2010-01-31Z') }).date).toBe('2010-01-31')
  })

  it('says when a date cannot be read, and falls back to the term', () => {
    const academicTerm = term('2025-09-01', '2026-01-31')
    expect(dateOf({ date: '2012 Syksy', academicTerm })).toEqual({
      date: '2026-01-31',
      from: 'term-end',
      doubts: ['date-unreadable'],
    })
    expect(dateOf({ date: '2025-02-29' })).toEqual({ doubts: ['date-unreadable'] })
  })

  it('says when dates contradict one another, and bears a resit in the year after the term', () => {
    const academicTerm = term('2007-08-01', '2007-12-31')
    expect(dateOf({ date: '2010-06-05', academicTerm }).doubts).toEqual(['date-after-term'])
    expect(dateOf({ date: '2008-12-31', academicTerm }).doubts).toEqual([])
    expect(dateOf({ date: '2007-07-31', academicTerm }).doubts).toEqual(['date-before-term'])
    expect(dateOf({ start: '2007-09-01', date: '2007-08-31' }).doubts).toEqual(['date-before-start'])
    expect(dateOf({ academicTerm: term('2007-12-31', '2007-08-01') }).doubts).toEqual(['term-order'])
  })
})
