import { isIsoDate } from '../grammar/is-iso-date.js'
import type { LearningOpportunitySpecification } from '../model.js'

export type DateDoubt = 'date-unreadable' | 'date-before-start' | 'date-before-term' | 'date-after-term' | 'term-order'

export interface ResultDate {
  /** YYYY-MM-DD as written; a time zone behind it is cut off, never added in. */
  readonly date?: string
  /** `date` is when it was finished; `term-end` stands in for it. */
  readonly from?: 'date' | 'term-end'
  /** Dates that contradict one another. */
  readonly doubts: readonly DateDoubt[]
}

/** The calendar date as written; undefined when it is none. */
function calendarDate(text: string | undefined): string | undefined {
  const day = /^\s*(\d{4}-\d{2}-\d{2})/.exec(text ?? '')?.[1]
  return day !== undefined && isIsoDate(day, 'date') ? day : undefined
}

/** A resit may come this many years after the term. */
const resitYears = 1

const later = (date: string, years: number): string =>
  `${String(Number(date.slice(0, 4)) + years).padStart(4, '0')}${date.slice(4)}`

/**
 * When a result was achieved: the date, else the end of the term. Dates are calendar days as written; offsets are not
 * applied. Says when dates contradict one another: finished before the start or before the term, more than a year after
 * the term, a term that ends before it starts.
 *
 * Spec: LOI-DATE-APPROX of the ELMO annotations.
 */
export function resultDate({ instance }: LearningOpportunitySpecification): ResultDate {
  const finished = calendarDate(instance.date)
  const start = calendarDate(instance.start)
  const termStart = calendarDate(instance.academicTerm?.start)
  const termEnd = calendarDate(instance.academicTerm?.end)
  const doubts: DateDoubt[] = []
  if (finished === undefined && (instance.date ?? '').trim() !== '') doubts.push('date-unreadable')
  if (termStart !== undefined && termEnd !== undefined && termEnd < termStart) doubts.push('term-order')
  if (finished !== undefined) {
    if (start !== undefined && finished < start) doubts.push('date-before-start')
    if (termStart !== undefined && finished < termStart) doubts.push('date-before-term')
    if (termEnd !== undefined && finished > later(termEnd, resitYears)) doubts.push('date-after-term')
    return { date: finished, from: 'date', doubts }
  }
  return termEnd === undefined ? { doubts } : { date: termEnd, from: 'term-end', doubts }
}
