import { isCourse, type AssessedResult } from './assess-results.js'
import { issuerKey } from './course-code.js'
import { printDecimal } from './decimal.js'

/** How results that show the same course belong together. */
export interface RepeatedResults {
  /** The result that shows the same achievement best: itself when it does, or is shown once. */
  bestOf(result: AssessedResult): AssessedResult
  /** It is passed, and the same code was passed before in another achievement: a course that was taken twice. */
  isAgain(result: AssessedResult): boolean
}

/** Results that show one achievement, and what they say of it; '' as long as none says it. */
interface Achievement {
  date: string
  grade: string
  ects: string
  best: AssessedResult
  readonly again: boolean
}

type Facts = Pick<Achievement, 'date' | 'grade' | 'ects'>

const factsOf = ({ los: { instance }, credits: { value } }: AssessedResult): Facts => ({
  date: instance.date?.trim() ?? '',
  grade: instance.resultLabel?.trim() ?? '',
  ects: value === undefined ? '' : printDecimal(value),
})

const agree = (a: string, b: string): boolean => a === '' || b === '' || a === b
const isSame = (a: Facts, b: Facts): boolean =>
  agree(a.date, b.date) && agree(a.grade, b.grade) && agree(a.ects, b.ects)

const richness = ({ los: { instance }, parts }: AssessedResult): number =>
  [instance.resultLabel, instance.date, instance.status, parts[0]].filter((held) => held !== undefined).length

/** Nobody attempts a course more often; it keeps a hostile document from costing time in the square of its size. */
const mostAttempts = 16

/**
 * Finds courses that a document shows more than once: below a degree and again by themselves, as Sweden does. They are
 * the same achievement when issuer and code are the same and neither date, grade nor credits contradict. Only nodes of type
 * Course with a code of the institution are compared: codes of classes are not unique.
 */
export function findRepeatedResults(trees: readonly AssessedResult[]): RepeatedResults {
  const byCourse = new Map<string, Achievement[]>()
  const achievementOf = new Map<string, Achievement>()

  const place = (result: AssessedResult): void => {
    const course = JSON.stringify([issuerKey(result.issuer), result.key.code])
    const attempts = byCourse.get(course) ?? []
    byCourse.set(course, attempts)
    const facts = factsOf(result)
    const same = attempts.find((one) => isSame(one, facts))
    if (same === undefined) {
      const passedBefore = attempts.some(({ best }) => best.status.status === 'passed')
      const achievement = { ...facts, best: result, again: passedBefore && result.status.status === 'passed' }
      if (attempts.length < mostAttempts) attempts.push(achievement)
      achievementOf.set(result.id, achievement)
      return
    }
    same.date ||= facts.date
    same.grade ||= facts.grade
    same.ects ||= facts.ects
    if (richness(result) > richness(same.best)) same.best = result
    achievementOf.set(result.id, same)
  }
  const visit = (result: AssessedResult): void => {
    if (isCourse(result) && result.key.from !== 'generated') place(result)
    result.parts.forEach(visit)
  }
  trees.forEach(visit)

  return {
    bestOf: (result) => achievementOf.get(result.id)?.best ?? result,
    isAgain: ({ id }) => achievementOf.get(id)?.again ?? false,
  }
}
