import { skewOf } from './server-clock.js'

describe('skewOf', () => {
  const zone = 'Europe/Warsaw'

  it('compares two clocks on the wall, in summer and in winter', () => {
    expect(skewOf('2026-06-04 05:26:17.217315', new Date('2026-06-04T03:26:17.300Z'), zone)).toBe(0)
    expect(skewOf('2026-01-04 04:26:17.000000', new Date('2026-01-04T03:26:17.000Z'), zone)).toBe(0)
    expect(skewOf('2026-01-04 04:36:17.500000', new Date('2026-01-04T03:26:17.000Z'), zone)).toBe(600_500)
    expect(skewOf('2026-01-04 04:16:17', new Date('2026-01-04T03:26:17.000Z'), zone)).toBe(-600_000)
  })

  it('takes nothing for a time that is none', () => {
    for (const text of ['now', '', null, 17, '2026-13-41 99:99:99'])
      expect(skewOf(text, new Date(), zone)).toBeUndefined()
  })
})
