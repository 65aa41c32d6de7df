import { studyRecord } from '../../test/study-record.js'
import type { CourseGrades } from '../api/answers.js'
import { courseAttempts } from './course-attempts.js'

const graded = (value_symbol: string, passes: boolean): CourseGrades => ({
  course_grades: [{ '1': { value_symbol, passes } }],
})
const byUnits = (...passes: (boolean | null)[]): CourseGrades => ({
  course_grades: [],
  course_units_grades: Object.fromEntries(
    passes.map((each, index) => [String(index), [{ '1': each === null ? null : { value_symbol: 'x', passes: each } }]]),
  ),
})
const outline = (record: Parameters<typeof studyRecord>[0]) =>
  courseAttempts(studyRecord(record)).map(({ course, term, status }) => `${course} ${term} ${status ?? 'unknown'}`)
const edition = (course_id: string, term_id: string, passing_status?: string) => ({
  ...{ course_id, term_id, passing_status },
  course_name: { pl: course_id, en: null },
})

describe('courseAttempts', () => {
  it('joins points, grades and enrolments of a term, whichever of them knows the course', () => {
    const attempts = courseAttempts(
      studyRecord({
        points: { '2022Z': { A: '5.00' } },
        grades: { '2022Z': { A: graded('4,0', true), B: graded('3,0', true) } },
        editions: { '2022Z': [edition('C', '2022Z')] },
      }),
    )
    expect(attempts.map(({ course, points, status }) => [course, points, status])).toEqual([
      ['A', '5.00', 'passed'],
      ['B', undefined, 'passed'],
      ['C', undefined, 'in-progress'],
    ])
  })

  it('forgets failures before and beside a pass, and all but the last of several', () => {
    const [fail, pass] = [graded('2,0', false), graded('3,0', true)]
    expect(outline({ grades: { '2022Z': { A: fail }, '2023L': { A: pass } } })).toEqual(['A 2023L passed'])
    expect(outline({ grades: { '2022Z': { A: pass }, '2023L': { A: fail } } })).toEqual(['A 2022Z passed'])
    expect(outline({ grades: { '2023L': { A: fail }, '2022Z': { A: fail } } })).toEqual(['A 2023L failed'])
  })

  it('keeps a failure while the course is taken again: it is all that there is of it yet', () => {
    const grades = { '2022Z': { A: graded('2,0', false) } }
    const editions = { '2023L': [edition('A', '2023L', 'not_yet_passed')] }
    expect(outline({ grades, editions })).toEqual(['A 2022Z failed', 'A 2023L in-progress'])
  })

  it('keeps a course that was passed in two terms twice: it earned its credits twice', () => {
    const grades = { '2022Z': { SPORT: graded('ZAL', true) }, '2023L': { SPORT: graded('ZAL', true) } }
    expect(outline({ grades })).toEqual(['SPORT 2022Z passed', 'SPORT 2023L passed'])
  })

  it('does not conclude from the grades of units: the university says what the course is worth, or nobody does', () => {
    const grades = { '2022Z': { A: byUnits(true, true) } }
    expect(outline({ grades })).toEqual(['A 2022Z unknown'])
    const says = (status: string) => outline({ grades, editions: { '2022Z': [edition('A', '2022Z', status)] } })
    expect(says('passed')).toEqual(['A 2022Z passed'])
    expect(says('failed')).toEqual(['A 2022Z failed'])
    expect(says('not_yet_passed')).toEqual(['A 2022Z in-progress'])
    expect(outline({ grades: { '2022Z': { A: byUnits(null) } } })).toEqual(['A 2022Z in-progress'])
  })

  it('takes the grade of the course over what is said about it', () => {
    const editions = { '2022Z': [edition('A', '2022Z', 'failed')] }
    expect(outline({ editions, grades: { '2022Z': { A: graded('2,0', true) } } })).toEqual(['A 2022Z passed'])
  })
})
