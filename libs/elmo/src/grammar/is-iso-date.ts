const pattern =
  /^-?(\d{4,})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(\.\d+)?)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?$/

/** Two digits at a place, or NaN. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 0x30
  const ones = text.charCodeAt(at + 1) - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN
}

/** Nearly every date: four digits of a year, no time zone, a day that every month has. Saves most of the work. */
const isPlainDate = (text: string): boolean =>
  text.length === 10 &&
  text.charCodeAt(4) === 0x2d &&
  text.charCodeAt(7) === 0x2d &&
  two(text, 0) >= 1 &&
  two(text, 2) >= 0 &&
  two(text, 5) >= 1 &&
  two(text, 5) <= 12 &&
  two(text, 8) >= 1 &&
  two(text, 8) <= 28

function lastDay(year: string, month: number): number {
  // 400 divides 10,000: the last four digits of the year decide.
  const y = Number(year.slice(-4))
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0)
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

/** Whether the text is an `xs:date` or `xs:dateTime` that exists in the calendar. Spec: XML Schema 1.0 part 2, 3.2.7. */
export function isIsoDate(text: string, kind: 'date' | 'dateTime'): boolean {
  if (kind === 'date' && isPlainDate(text)) return true
  const [, year = '', month, day, hour, minute, second, fraction = ''] = pattern.exec(text) ?? []
  if (year === '' || /^0+$/.test(year) || (year.length > 4 && year.startsWith('0'))) return false
  if (Number(day) < 1 || Number(day) > lastDay(year, Number(month))) return false
  if (hour === undefined) return kind === 'date'
  const endOfDay = hour === '24' && minute === '00' && second === '00' && /^\.?0*$/.test(fraction)
  return kind === 'dateTime' && (endOfDay || (Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60))
}
