import type { LearningOpportunityInstance, Report } from '@emrex-gateway/elmo'
import type { Institution } from '../ports/sis-plugin.js'
import { calendarDay } from './calendar-day.js'
import { decimalText } from './decimal-text.js'

/** A course that somebody took, as most tables hold it. What is null, absent or empty is left out of the document. */
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
    learningOpportunitySpecification: courses.map((course) => ({
      identifier: [{ type: 'local', value: course.code }],
      title: [{ lang: filled(course.language) ?? 'en', value: course.title }],
      type: 'Course',
      instance: instanceOf(course),
    })),
  }
}

/** What is no day and no decimal stays as it is, and is refused by name: a table may not lose it without a word. */
function instanceOf({ date, status, grade, credits }: PlainCourse): LearningOpportunityInstance {
  const [day, label, value] = [filled(date), filled(grade), filled(credits)]
  return {
    ...(day === undefined ? {} : { date: calendarDay(day) ?? day }),
    status,
    ...(label === undefined ? {} : { resultLabel: label }),
    ...(value === undefined ? {} : { credit: [{ scheme: 'ects', value: decimalText(value) ?? value }] }),
  }
}

const filled = (value: string | number | null | undefined): string | undefined =>
  value === null || value === undefined ? undefined : String(value).trim() || undefined
