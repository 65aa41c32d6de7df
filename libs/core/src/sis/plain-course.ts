import type { LearningOpportunitySpecification, Report } from '@emrex-gateway/elmo'
import type { Institution } from '../ports/sis-plugin.js'
import { calendarDay } from './calendar-day.js'
import { decimalText } from './decimal-text.js'
import { xmlText } from './xml-text.js'

/** A course that somebody took, as most tables hold it. What is null, empty or absent is left out of the document. */
export interface PlainCourse {
  readonly code: string
  readonly title: string
  /** BCP 47. Default `en`. */
  readonly language?: string | null
  /** Any other than these three is never sent: nobody may take it for passed. */
  readonly status: 'passed' | 'failed' | 'in-progress' | (string & {})
  /** `YYYY-MM-DD`; a time behind it is cut off, never shifted. */
  readonly date?: string | null
  /** ECTS, as a number or as decimal text; a comma is a point. */
  readonly credits?: string | number | null
  readonly grade?: string | null
}

/**
 * Courses as one ELMO report of the institution. What a table does not hold (degrees, parts of courses, other credits, grade
 * distributions) needs a `Report` of your own.
 *
 * @param issuedAt ISO instant.
 */
export function reportOfCourses(
  { code, title, country, schac }: Institution,
  url: string,
  courses: readonly PlainCourse[],
  issuedAt: string,
): Report {
  return {
    issuer: {
      ...(country === undefined ? {} : { country }),
      identifier: [schac === undefined ? { type: 'local', value: code } : { type: 'schac', value: schac }],
      title: [{ lang: 'en', value: title }],
      url,
    },
    issueDate: issuedAt,
    learningOpportunitySpecification: courses.map(resultOf),
  }
}

/** What a table has in another form than the format is put right; what cannot be read stays, and is refused with the document. */
function resultOf({ code, title, language, status, ...course }: PlainCourse): LearningOpportunitySpecification {
  const [date, grade, credits] = [course.date, course.grade, course.credits].map(plain)
  return {
    identifier: [{ type: 'local', value: plain(code) ?? '' }],
    title: [{ lang: plain(language) ?? 'en', value: plain(title) ?? '' }],
    type: 'Course',
    instance: {
      ...(date === undefined ? {} : { date: calendarDay(date) ?? date }),
      status,
      ...(grade === undefined ? {} : { resultLabel: grade }),
      ...(credits === undefined ? {} : { credit: [{ scheme: 'ects', value: decimalText(credits) ?? credits }] }),
    },
  }
}

/** Drivers give numbers for what looks like one. */
const plain = (value: string | number | null | undefined): string | undefined => xmlText(value?.toString())
