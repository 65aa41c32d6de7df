import type { Notice } from '@emrex-gateway/core'
import { gradeSpread } from './grade-spread.js'

const spread = (shares: Record<string, number>) => {
  const notices: Notice[] = []
  const grades_distribution = Object.entries(shares).map(([grade_symbol, percentage]) => ({ grade_symbol, percentage }))
  return { text: gradeSpread({ grades_distribution }, 'ASK', notices), notices }
}

describe('gradeSpread', () => {
  it('tells per cent as they are, even if they are not a hundred together', () => {
    expect(spread({ '5,0': 33, '4,5': 9, '2,0': 0, NB: 59 }).text).toEqual({
      pl: 'Rozkład ocen: 5,0: 33 %; 4,5: 9 %; NB: 59 %',
      en: 'Distribution of grades: 5,0: 33 %; 4,5: 9 %; NB: 59 %',
    })
  })

  it('hides what four people or fewer could have made', () => {
    for (const shares of [{ a: 100 }, { a: 50, b: 50 }, { a: 33, b: 33, c: 33 }, { a: 25, b: 75 }, { a: 20, b: 80 }])
      expect(spread(shares as Record<string, number>)).toEqual({
        text: undefined,
        notices: [{ notice: 'distribution-left-out', detail: 'ASK' }],
      })
    // One of six, at least.
    expect(spread({ a: 17, b: 83 }).text).toBeDefined()
  })

  it('says nothing about nothing', () => {
    expect(spread({ a: 0 })).toEqual({ text: undefined, notices: [] })
    expect(gradeSpread(undefined, 'ASK', [])).toBeUndefined()
  })
})
