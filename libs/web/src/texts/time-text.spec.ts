import { timeText } from './time-text.js'

describe('timeText', () => {
  it('tells a moment in the zone of the server, and says which that is', () => {
    const at = Date.parse('2026-11-27T14:21:00Z')
    const parts = new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(at)
    const zone = parts.find(({ type }) => type === 'timeZoneName')!.value
    expect(timeText(at, 'en')).toMatch(/^November 2[78], 2026 at \d+:\d\d\s[AP]M /)
    expect(timeText(at, 'en').endsWith(` ${zone}`)).toBe(true)
  })
})
