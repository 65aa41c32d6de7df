import { isRecent } from './is-recent.js'

describe('isRecent', () => {
  it('holds for a period, and no longer where the clock was set back by more', () => {
    expect([0, 59, 60].map((passed) => isRecent(1000, 1000 + passed, 60))).toEqual([true, true, false])
    expect([59, 60, 3600].map((setBack) => isRecent(1000, 1000 - setBack, 60))).toEqual([true, false, false])
  })

  it('does not hold for what was never done', () => {
    expect(isRecent(Number.NEGATIVE_INFINITY, 0, 60)).toBe(false)
  })
})
