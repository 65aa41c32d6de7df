export type BirthDateRelation = 'equal' | 'partial' | 'missing' | 'different'

const isoDate = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:Z|[+-]\d\d:\d\d)?$/

/** Year, month, day; `00` is how registers write "unknown". A zone is dropped: a birthday is not an instant. */
function partsOf(date: string | undefined): readonly [year: string, month?: string, day?: string] | undefined {
  const [, year, month, day] = isoDate.exec(date?.trim() ?? '') ?? []
  if (year === undefined || year === '0000') return undefined
  if (month === undefined || month === '00') return [year]
  return day === undefined || day === '00' ? [year, month] : [year, month, day]
}

/**
 * Relates two birth dates (ISO, or a prefix). `partial`: they agree as far as one of them goes, day and month are swapped,
 * or one is the first of January, which registers write for "only the year is known". What cannot be read is missing.
 */
export function relateBirthDates(a: string | undefined, b: string | undefined): BirthDateRelation {
  const [partsA, partsB] = [partsOf(a), partsOf(b)]
  if (partsA === undefined || partsB === undefined) return 'missing'
  const [yearA, monthA, dayA] = partsA
  const [yearB, monthB, dayB] = partsB
  if (yearA !== yearB) return 'different'
  if (isNewYear(monthA, dayA) !== isNewYear(monthB, dayB)) return 'partial'
  if (monthA === undefined || monthB === undefined) return 'partial'
  if (dayA === undefined || dayB === undefined) return monthA === monthB ? 'partial' : 'different'
  if (monthA === monthB && dayA === dayB) return 'equal'
  return monthA === dayB && dayA === monthB ? 'partial' : 'different'
}

const isNewYear = (month?: string, day?: string) => month === '01' && day === '01'
