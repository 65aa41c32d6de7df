import type { Examination, UsosEdition, UsosGrade } from '../api/answers.js'
import type { StudyRecord } from '../api/read-record.js'
import { countingGrade, statusOfGrade } from './counting-grade.js'

/** One course in one term, as this student took it. */
export interface Attempt {
  readonly course: string
  readonly term: string
  readonly status: 'passed' | 'failed' | 'in-progress' | undefined
  readonly grade?: UsosGrade | undefined
  /** Course units with a grade of their own. */
  readonly units: readonly { readonly id: string; readonly grade: UsosGrade }[]
  /** ECTS as USOS writes them; absent: nothing is known, which is not zero. */
  readonly points?: string | undefined
  readonly edition?: UsosEdition | undefined
  readonly examinations: readonly Examination[]
}

/**
 * What the student did in each course, one for each time that counts: failures before a pass, and all but the last of several
 * failures, are history. A course passed twice was worth its credits twice, as sports are.
 */
export function courseAttempts(record: StudyRecord): readonly Attempt[] {
  const order = (term: string): string => {
    const { order_key, start_date } = record.terms.get(term) ?? {}
    return `${String(order_key ?? 0).padStart(12, '0')} ${start_date ?? ''} ${term}`
  }
  const attempts = attemptsOf(record).sort((a, b) => (order(a.term) < order(b.term) ? -1 : 1))
  return attempts.filter((attempt) => {
    if (!isFailed(attempt)) return true
    const same = attempts.filter(({ course }) => course === attempt.course)
    return !same.some(({ status }) => status === 'passed') && same.findLast(isFailed) === attempt
  })
}

const isFailed = ({ status }: Attempt): boolean => status === 'failed'

function attemptsOf({ points, editions, grades, examinations }: StudyRecord): Attempt[] {
  const keys = new Map<string, readonly [term: string, course: string]>()
  const add = (term: string, course: string) => keys.set(JSON.stringify([term, course]), [term, course])
  for (const [term, courses] of [...Object.entries<object>(points), ...Object.entries<object>(grades)])
    for (const course of Object.keys(courses)) add(term, course)
  for (const [term, list] of Object.entries(editions)) for (const { course_id } of list) add(term, course_id)
  return [...keys.values()].map(([term, course]) => {
    const { course_grades, course_units_grades } = grades[term]?.[course] ?? {}
    const grade = countingGrade(course_grades)
    const units = Object.entries(course_units_grades ?? {}).flatMap(([id, protocols]) => {
      const unitGrade = countingGrade(protocols)
      return unitGrade === undefined ? [] : [{ id, grade: unitGrade }]
    })
    const edition = editions[term]?.find(({ course_id }) => course_id === course)
    const given = points[term]?.[course]
    return {
      ...{ course, term, grade, units, edition },
      status: grade === undefined ? statusWithoutGrade(edition, units.length > 0) : statusOfGrade(grade),
      points: given === null || given === undefined ? undefined : String(given),
      examinations: examinations[term]?.[course] ?? [],
    }
  })
}

/** What USOS itself says about the course as a whole. Grades of its units are not added up to one. */
function statusWithoutGrade(edition: UsosEdition | undefined, hasUnitGrades: boolean): Attempt['status'] {
  const said = edition?.passing_status
  if (said === 'passed' || said === 'failed') return said
  return said === 'not_yet_passed' || !hasUnitGrades ? 'in-progress' : undefined
}
