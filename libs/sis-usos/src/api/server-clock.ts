/** Differences below this are the way there and back. */
const tolerableMs = 5000

/** Milliseconds that a clock on the wall is ahead of ours; undefined where the text is no time. */
export function skewOf(wall: unknown, now: Date, timeZone: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,3})?/.exec(typeof wall === 'string' ? wall : '')
  if (parts === null) return undefined
  const theirs = Date.parse(`${parts[1]}T${parts[2]}${parts[3] ?? ''}Z`)
  const ours = Date.parse(`${wallTime(now, timeZone)}Z`) + now.getUTCMilliseconds()
  const skew = theirs - ours
  if (Number.isNaN(skew)) return undefined
  return Math.abs(skew) < tolerableMs ? 0 : skew
}

/** Our clock as a clock on the wall of that zone shows it. */
const wallTime = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at).replace(' ', 'T')
