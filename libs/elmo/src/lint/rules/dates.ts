export const hasZone = (date: string): boolean => /(Z|[+-]\d\d:\d\d)$/.test(date.trim())

/** A date begins at midnight in its zone. Without a time `Date.parse` knows no zone but Z. */
const instantOf = (date: string): number => Date.parse(date.trim().replace(/^([\d-]{10})([+-])/, '$1T00:00:00$2'))

/** Whether the first is later: as instants where both have a zone, else by the calendar as written. */
export function isLater(first: string, second: string): boolean {
  if (hasZone(first) && hasZone(second)) return instantOf(first) > instantOf(second)
  return first.trim().slice(0, 10) > second.trim().slice(0, 10)
}
