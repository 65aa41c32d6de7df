import { compareText } from '../xml/compare-text.js'
import { isCourse, type AssessedResult } from './assess-results.js'
import { comparableText, issuerKey } from './course-code.js'
import { printDecimal } from './decimal.js'
import { resultDate } from './result-date.js'
import { statedStatus, type ResultStatus } from './result-status.js'

/** How results that show the same course belong together. */
export interface RepeatedResults {
  /** The result that shows the same achievement best: itself when it does, or is shown once. */
  bestOf(result: AssessedResult): AssessedResult
  /** It is passed, and the same code was passed before in another achievement: a course that was taken twice. */
  isAgain(result: AssessedResult): boolean
}

/** What a result says of an achievement; '' where it does not. */
interface Facts {
  /** By language, as they are compared; '' for none. */
  readonly titles: ReadonlyMap<string, string>
  readonly date: string
  /** The end of its term, where there is no date. */
  readonly term: string
  readonly grade: string
  readonly ects: string
  /** Passed, failed or in progress, as far as a status, a grade or an enrolment says so. */
  readonly outcome: ResultStatus['status'] | ''
}

/** Results that show one achievement, and what they say of it together. */
interface Achievement {
  facts: Facts
  best: AssessedResult
  /** Where the first of them stands among the courses as they were given. */
  first: number
  again: boolean
}

function factsOf({ los, credits: { value }, status: { status } }: AssessedResult): Facts {
  const grade = los.instance.resultLabel?.trim() ?? ''
  const { date, from } = resultDate(los)
  return {
    titles: new Map(los.title.map(({ lang = '', value }) => [lang.toLowerCase(), comparableText(value)])),
    date: los.instance.date?.trim() ?? '',
    term: from === 'term-end' && date !== undefined ? date : '',
    grade,
    ects: value === undefined ? '' : printDecimal(value),
    outcome: statedStatus(los) !== undefined || grade !== '' ? status : '',
  }
}

const agree = (a: string, b: string): boolean => a === '' || b === '' || a === b

/** Terms tell attempts apart where nothing else can: a degree may list its courses under the terms of its plan. */
const agreeInTerm = (a: Facts, b: Facts): boolean =>
  a.date !== '' || b.date !== '' || a.outcome === '' || b.outcome === '' || agree(a.term, b.term)

/** Titles tell things of one code apart where some language has both and they are the same in none. */
function agreeInTitle({ titles: a }: Facts, { titles: b }: Facts): boolean {
  const [few, many] = a.size < b.size ? [a, b] : [b, a]
  const both = [...few].filter(([lang, title]) => title !== '' && many.get(lang))
  return both.length === 0 || both.some(([lang, title]) => many.get(lang) === title)
}

const isSame = (a: Facts, b: Facts): boolean =>
  agree(a.date, b.date) &&
  agree(a.grade, b.grade) &&
  agree(a.ects, b.ects) &&
  agree(a.outcome, b.outcome) &&
  agreeInTerm(a, b) &&
  agreeInTitle(a, b)

const joined = (a: Facts, b: Facts): Facts => ({
  titles: a.titles,
  date: a.date || b.date,
  term: a.term || b.term,
  grade: a.grade || b.grade,
  ects: a.ects || b.ects,
  outcome: a.outcome || b.outcome,
})

const richness = ({ los: { instance }, parts }: AssessedResult): number =>
  [instance.resultLabel, instance.date, instance.status, parts[0]].filter((held) => held !== undefined).length

/** The better of two that show one achievement: the one with more facts, but none that hides that it was not passed. */
function betterOf(held: Achievement, result: AssessedResult, { outcome }: Facts): AssessedResult {
  const hides = outcome === '' && held.facts.outcome !== '' && held.facts.outcome !== 'passed'
  return !hides && richness(result) > richness(held.best) ? result : held.best
}

/** Nobody attempts a course more often; it keeps a hostile document from costing time in the square of its size. */
const mostAttempts = 16

/** The achievements that the results of one course show, by the ids of the results. */
class CourseAttempts {
  readonly #results: { readonly result: AssessedResult; readonly facts: Facts; readonly place: number }[] = []

  add(result: AssessedResult, place: number): void {
    this.#results.push({ result, facts: factsOf(result), place })
  }

  /**
   * What says how an attempt ended is placed first, what does not goes to a passed one before others: a course below its
   * degree is the attempt that was passed, in whatever order they stand.
   */
  place(achievementOf: Map<string, Achievement>): void {
    const achievements: Achievement[] = []
    const isSilent = ({ facts }: { facts: Facts }): boolean => facts.outcome === ''
    const ordered = [...this.#results.filter((one) => !isSilent(one)), ...this.#results.filter(isSilent)]
    for (const { result, facts, place } of ordered) {
      const matching = achievements.slice(0, mostAttempts).filter((one) => isSame(one.facts, facts))
      let same = matching.find((one) => one.facts.outcome === 'passed') ?? matching[0]
      if (same === undefined) {
        same = { facts, best: result, first: place, again: false }
        achievements.push(same)
      } else {
        same.best = betterOf(same, result, facts)
        same.facts = joined(same.facts, facts)
        same.first = Math.min(same.first, place)
      }
      achievementOf.set(result.id, same)
    }
    markAgain(achievements)
  }
}

/** Marks what was passed after something else of the same course that was passed; what has no date stands before. */
function markAgain(achievements: readonly Achievement[]): void {
  const passed = achievements.filter(({ best }) => best.status.status === 'passed')
  const day = ({ facts }: Achievement): string => facts.date || facts.term
  const inTime = (a: Achievement, b: Achievement): number => compareText(day(a), day(b)) || a.first - b.first
  for (const later of passed.sort(inTime).slice(1)) later.again = true
}

/**
 * Finds courses that a document shows more than once: below a degree and again by themselves, as Sweden does. They are
 * the same achievement when issuer and code are the same and neither title, date, grade, credits nor outcome contradict: an
 * attempt that failed or goes on is another one than the one that was passed. Without dates, stated attempts in different
 * terms are different ones. Only nodes of type Course with a code of the institution are compared: codes of classes are
 * not unique.
 */
export function findRepeatedResults(trees: readonly AssessedResult[]): RepeatedResults {
  const byCourse = new Map<string, CourseAttempts>()
  let place = 0
  const visit = (result: AssessedResult): void => {
    if (isCourse(result) && result.key.from !== 'generated') {
      const course = JSON.stringify([issuerKey(result.issuer), result.key.code])
      const attempts = byCourse.get(course) ?? new CourseAttempts()
      byCourse.set(course, attempts)
      attempts.add(result, place++)
    }
    result.parts.forEach(visit)
  }
  trees.forEach(visit)
  const achievementOf = new Map<string, Achievement>()
  for (const attempts of byCourse.values()) attempts.place(achievementOf)

  return {
    bestOf: (result) => achievementOf.get(result.id)?.best ?? result,
    isAgain: ({ id }) => achievementOf.get(id)?.again ?? false,
  }
}
