export const hasZone = (date: string): boolean => /(Z|[+-]\d\d:\d\d)$/.test(date.trim())

/** Whether the first is later: as instants where both have a zone, else by the calendar as written. */
export function isLater(first: string, second: string): boolean {
  if (hasZone(first) && hasZone(second)) return Date.parse(first.trim()) > Date.parse(second.trim())
  return first.trim().slice(0, 10) > second.trim().slice(0, 10)
}
