export interface AssertedDate {
  readonly value: string
  readonly precision: 'day' | 'month' | 'year'
}

const written = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?|(\d{2})(\d{2}))?(?:T00:00(?::00(?:\.0+)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/

/**
 * Reads a birth date as logins write it: `1987-02-22`, `19870222`, with a zone behind it (which is dropped, never converted),
 * or with parts that a register does not know (`1987-00-00`, `1987-02`, `1987`). `unknown` where not even the year is
 * known (`0000-02-22`). Undefined for anything else: an impossible date, or a time of day, which a conversion between zones
 * has moved and which may have moved the day too.
 */
export function parseAssertedDate(text: string): AssertedDate | 'unknown' | undefined {
  const parts = written.exec(text.trim())
  if (parts === null) return undefined
  const [year = '', month = '00', day = '00'] = [parts[1], parts[2] ?? parts[4], parts[3] ?? parts[5]]
  if (month === '00' && day !== '00') return undefined
  if (year === '0000') return 'unknown'
  if (month === '00') return { value: year, precision: 'year' }
  if (!isDate(year, month, day === '00' ? '01' : day)) return undefined
  if (day === '00') return { value: `${year}-${month}`, precision: 'month' }
  return { value: `${year}-${month}-${day}`, precision: 'day' }
}

/** The same, where a login writes the day first and the year last (`28-08-1944`, `28.08.1944`): a rule must say so. */
export const parseDayFirstDate = (text: string): AssertedDate | 'unknown' | undefined =>
  parseAssertedDate(text.trim().replace(/^(\d{2})([-.])(\d{2})\2(\d{4})$/, '$4-$3-$1'))

function isDate(year: string, month: string, day: string): boolean {
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`)
}
