import { birthDateOf } from '@emrex-gateway/elmo'
import type { Identity } from '../identity.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { isStrong } from './person-facts.js'
import { relateBirthDates } from './relate-birth-dates.js'
import { isLinkUsable, weighEnrolment, type EnrolmentWeight, type PersonField } from './weigh-enrolment.js'

/**
 * Who in a SIS is the person that logged in: all enrolments of exactly one person, or why nobody can be named.
 * `missing` and `fields` name classes of facts, never values.
 */
export type LookupDecision =
  /** `linked`: by a link that was proved before, and not by the login alone. */
  | { readonly found: readonly [Enrolment, ...Enrolment[]]; readonly linked?: true }
  /** The login does not suffice, and this SIS can be given a second proof. */
  | { readonly ask: 'second-proof' }
  | { readonly end: 'ID_NOT_FOUND' | 'ID_AMBIGUOUS' }
  | { readonly end: 'ID_INSUFFICIENT'; readonly missing: readonly PersonField[] }
  | { readonly end: 'ID_MISMATCH'; readonly fields: readonly PersonField[] }

/** What there is besides the login. */
export interface FurtherEvidence {
  /** The student that the link of this login names, as the SIS knows them now. */
  readonly linked?: readonly Enrolment[]
  /** A second proof is possible here. */
  readonly canAsk?: boolean
  /** They were found with the leave that this person gave this SIS: it answers about nobody else. */
  readonly granted?: boolean
}

/**
 * Decides 1:N, for results to give (NCP) and for "which of our students is this" (SMP): a stranger's record is never
 * shown, so "exactly one hit" is necessary and not sufficient. `enrolments` are what one SIS found.
 *
 * In this order: what contradicts, identifiers (tiers 1, 2 and 4), the link, the question for a second proof. A login
 * without a strong identifier gets the same answer (the question, else ID_INSUFFICIENT) whether somebody was found or not:
 * it does not tell who is a student here.
 *
 * Spec: docs/person-matching.md, "The evidence 1:N".
 */
export function decideLookup(
  identity: Identity,
  enrolments: readonly Enrolment[],
  { linked = [], canAsk = false, granted = false }: FurtherEvidence = {},
): LookupDecision {
  const [own, ...more] = enrolments
  if (granted && own !== undefined && areOnePerson([own, ...more])) return { found: [own, ...more] }

  const weighed = enrolments.map((enrolment) => ({ enrolment, weight: weighEnrolment(identity, enrolment) }))
  const fields = namedBy(weighed, (weight) => (weight.weight === 'contradicted' ? weight.fields : []))
  if (fields.length > 0) return { end: 'ID_MISMATCH', fields }

  const [first, ...others] = weighed
    .filter(({ weight }) => weight.weight === 'proven')
    .map(({ enrolment }) => enrolment)
  if (first !== undefined)
    return areOnePerson([first, ...others]) ? { found: [first, ...others] } : { end: 'ID_AMBIGUOUS' }

  const [link, ...furtherLinks] = linked.filter((enrolment) => isLinkUsable(identity, enrolment))
  if (link !== undefined && areOnePerson([link, ...furtherLinks]))
    return { found: [link, ...furtherLinks], linked: true }

  const insufficient = (missing: readonly PersonField[]): LookupDecision =>
    canAsk ? { ask: 'second-proof' } : { end: 'ID_INSUFFICIENT', missing }
  if (!identity.identifiers.some(isStrong))
    return insufficient(identity.birthDate ? ['identifier'] : ['identifier', 'birthDate'])
  const missing = namedBy(weighed, (weight) => (weight.weight === 'not-enough' ? weight.missing : []))
  return missing.length > 0 ? insufficient(missing) : { end: 'ID_NOT_FOUND' }
}

const namedBy = (
  weighed: readonly { readonly weight: EnrolmentWeight }[],
  fieldsOf: (weight: EnrolmentWeight) => readonly PersonField[],
): readonly PersonField[] => [...new Set(weighed.flatMap(({ weight }) => fieldsOf(weight)))]

/** Whether all are one person: one key per institution, and no two birth dates. */
export function areOnePerson(enrolments: readonly Enrolment[]): boolean {
  return enrolments.every((one) =>
    enrolments.every(
      (other) =>
        (one.institution.code !== other.institution.code || one.person === other.person) &&
        relateBirthDates(birthDateOf(one.learner), birthDateOf(other.learner)) !== 'different',
    ),
  )
}
