import type { Identity } from '../identity.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { isStrong } from './person-facts.js'
import { relateBirthDates } from './relate-birth-dates.js'
import { weighEnrolment, type EnrolmentWeight, type PersonField } from './weigh-enrolment.js'

/**
 * Who in a SIS is the person that logged in: all enrolments of exactly one person, or why nobody can be named.
 * `missing` and `fields` name classes of facts, never values.
 */
export type LookupDecision =
  | { readonly found: readonly [Enrolment, ...Enrolment[]] }
  | { readonly end: 'ID_NOT_FOUND' | 'ID_AMBIGUOUS' }
  | { readonly end: 'ID_INSUFFICIENT'; readonly missing: readonly PersonField[] }
  | { readonly end: 'ID_MISMATCH'; readonly fields: readonly PersonField[] }

/**
 * Decides 1:N, for results to give (NCP) and for "which of our students is this" (SMP): a stranger's record is never
 * shown, so "exactly one hit" is necessary and not sufficient. `enrolments` are what one SIS found.
 *
 * A login without a strong identifier gets ID_INSUFFICIENT whether somebody was found or not: the answer does not tell
 * who is a student here.
 *
 * Spec: docs/person-matching.md, "The evidence 1:N".
 */
export function decideLookup(identity: Identity, enrolments: readonly Enrolment[]): LookupDecision {
  const weighed = enrolments.map((enrolment) => ({ enrolment, weight: weighEnrolment(identity, enrolment) }))
  const fields = namedBy(weighed, (weight) => (weight.weight === 'contradicted' ? weight.fields : []))
  if (fields.length > 0) return { end: 'ID_MISMATCH', fields }

  const [first, ...others] = weighed
    .filter(({ weight }) => weight.weight === 'proven')
    .map(({ enrolment }) => enrolment)
  if (first !== undefined)
    return areOnePerson([first, ...others]) ? { found: [first, ...others] } : { end: 'ID_AMBIGUOUS' }

  if (!identity.identifiers.some(isStrong))
    return { end: 'ID_INSUFFICIENT', missing: identity.birthDate ? ['identifier'] : ['identifier', 'birthDate'] }
  const missing = namedBy(weighed, (weight) => (weight.weight === 'not-enough' ? weight.missing : []))
  return missing.length > 0 ? { end: 'ID_INSUFFICIENT', missing } : { end: 'ID_NOT_FOUND' }
}

const namedBy = (
  weighed: readonly { readonly weight: EnrolmentWeight }[],
  fieldsOf: (weight: EnrolmentWeight) => readonly PersonField[],
): readonly PersonField[] => [...new Set(weighed.flatMap(({ weight }) => fieldsOf(weight)))]

/** One key per institution, and no two birth dates. */
function areOnePerson(enrolments: readonly Enrolment[]): boolean {
  return enrolments.every((one) =>
    enrolments.every(
      (other) =>
        (one.institution.code !== other.institution.code || one.person === other.person) &&
        relateBirthDates(one.learner.bday, other.learner.bday) !== 'different',
    ),
  )
}
