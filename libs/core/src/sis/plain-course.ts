import type { Report } from '@emrex-gateway/elmo'
import type { Institution } from '../ports/sis-plugin.js'

/** A course that somebody took, as most tables hold it. What is null or absent is left out of the document. */
export interface PlainCourse {
  readonly code: string
  readonly title: string
  /** BCP 47. Default `en`. */
  readonly language?: string | null
  /** Any other than these three is never sent: nobody may take it for passed. */
  readonly status: 'passed' | 'failed' | 'in-progress' | (string & {})
  /** `YYYY-MM-DD`. */
  readonly date?: string | null
  /** ECTS, as a number or as decimal text. */
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
      title: [{ lang: course.language ?? 'en', value: course.title }],
      type: 'Course',
      instance: {
        ...(course.date === null || course.date === undefined ? {} : { date: course.date }),
        status: course.status,
        ...(course.grade === null || course.grade === undefined ? {} : { resultLabel: course.grade }),
        ...(course.credits === null || course.credits === undefined
          ? {}
          : { credit: [{ scheme: 'ects', value: String(course.credits) }] }),
      },
    })),
  }
}
