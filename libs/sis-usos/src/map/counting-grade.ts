import type { Protocol, UsosGrade } from '../api/answers.js'

/**
 * The grade that counts: of the passing ones that of the last session, and where none passes, the last one. Sessions that
 * nobody sat are null, and there may be several protocols.
 */
export function countingGrade(protocols: readonly Protocol[] | null | undefined): UsosGrade | undefined {
  const grades = (protocols ?? [])
    .flatMap((protocol) => Object.entries(protocol))
    .flatMap(([session, grade]) => (grade === null ? [] : [{ session: Number(session), grade }]))
    .sort((a, b) => a.session - b.session || compareDates(a.grade, b.grade))
  const passing = grades.filter(({ grade }) => grade.passes === true)
  return (passing.length > 0 ? passing : grades).at(-1)?.grade
}

const compareDates = (a: UsosGrade, b: UsosGrade): number =>
  (a.date_acquisition ?? '').localeCompare(b.date_acquisition ?? '')

/** The flag of USOS, never the number: 2,0 may pass in a scale that we do not know. */
export const statusOfGrade = ({ passes }: UsosGrade): 'passed' | 'failed' | undefined =>
  passes === true ? 'passed' : passes === false ? 'failed' : undefined
