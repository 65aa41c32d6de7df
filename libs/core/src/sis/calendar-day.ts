/**
 * A calendar day as written: a time or a zone behind it is cut off, never shifted by. Undefined when it is no real day, or
 * one of the year 0000, which databases write for "unknown" and no date of XML can say.
 */
export function calendarDay(text: string | undefined): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ].*|Z|[+-]\d{2}:?\d{2})?$/.exec(text ?? '')?.[1]
  if (day === undefined || day.startsWith('0000')) return undefined
  const parsed = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day ? undefined : day
}

/** A date for people to read: its calendar day, without the time zone that some write behind it; what is no day as it stands. */
export const shownDay = (text: string): string => calendarDay(text) ?? text
