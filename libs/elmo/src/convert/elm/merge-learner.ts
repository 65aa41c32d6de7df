import type { Identifier, Learner } from '../../model.js'
import { pointer } from '../loss-report.js'
import type { ElmAt, ElmReading } from './elm-reading.js'

/** What says one thing together, with the property of a credential that it was read from. */
const parts = [
  ['dateOfBirth', 'dateOfBirth'],
  ['citizenshipCountry', 'citizenship'],
  ['altLabel', 'alternativeName'],
  ['placeOfBirth', 'placeOfBirth', 'countryOfBirth'],
  ['birthName', 'birthName'],
  ['location', 'currentAddress'],
  ['gender', 'gender'],
] as const satisfies readonly (readonly [string, ...(keyof Learner)[]])[]

/** A date of birth is a day of the calendar, in whatever zone its midnight was written. */
const dayOf = (date: string | undefined): string | undefined => date?.replace(/(?:Z|[+-]\d\d:\d\d)$/, '')

/** Whether two credentials can be about one person. */
export const isSameLearner = (one: Learner, other: Learner): boolean =>
  one.givenNames === other.givenNames &&
  one.familyName === other.familyName &&
  dayOf(one.dateOfBirth) === dayOf(other.dateOfBirth)

/**
 * What a further credential knows of its subject is added to what is known, but for identifiers; where they differ, the
 * first counts.
 */
export function mergeLearner(known: Learner, own: Learner, subject: ElmAt, reading: ElmReading): Learner {
  const merged: Learner = { ...known }
  for (const [key, ...properties] of parts) {
    const said = (learner: Learner): unknown[] => properties.map((property) => learner[property])
    const isSaid = (learner: Learner): boolean => said(learner).some((value) => value !== undefined)
    if (!isSaid(own) || JSON.stringify(said(known)) === JSON.stringify(said(own))) continue
    if (isSaid(known)) reading.report.add('ELM_NOT_READ', pointer(subject.path, key))
    else for (const property of properties) Object.assign(merged, { [property]: own[property] })
  }
  return merged
}

/** The identifiers of the first subject, and those that only others have; undefined when there is none. */
export function mergeIdentifiers([first, ...others]: readonly Learner[]): Identifier[] | undefined {
  const keyOf = ({ type, value }: Identifier): string => JSON.stringify([type, value])
  const known = first?.identifier ?? []
  const added = new Map(others.flatMap(({ identifier = [] }) => identifier).map((each) => [keyOf(each), each]))
  for (const each of known) added.delete(keyOf(each))
  const all = [...known, ...added.values()]
  return all.length === 0 ? undefined : all
}
