import type { Identity } from '../identity.js'
import type { Enrolment } from '../ports/sis-plugin.js'
import { isBlankName } from './fold-name.js'
import { matchPerson, type PersonFacts } from './match-person.js'
import { countryCodeOf } from './normalise-national-id.js'
import { parseEsi } from './parse-esi.js'
import { isStrong, personFactsOfIdentity, personFactsOfLearner } from './person-facts.js'
import { relateIdentifiers, type StrongIdentifier } from './relate-identifiers.js'

/** A class of facts, for the person and the help desk; never a value. */
export type PersonField = 'identifier' | 'birthDate' | 'names'

/** What one enrolment is worth for the person who logged in. */
export type EnrolmentWeight =
  | { readonly weight: 'proven'; readonly tier: 1 | 2 | 4 }
  | { readonly weight: 'contradicted'; readonly fields: readonly PersonField[] }
  | { readonly weight: 'not-enough'; readonly missing: readonly PersonField[] }
  | { readonly weight: 'someone-else' }

/**
 * The tiers of evidence. An identifier of the SIS's own country or university proves unless the birth date contradicts;
 * one from elsewhere (another country's number, eIDAS, a foreign ESI) proves only with an equal birth date; a birth
 * date and a name never prove, they only ask for more.
 *
 * Spec: docs/person-matching.md, "The evidence 1:N", tiers 1 to 6.
 */
export function weighEnrolment(identity: Identity, enrolment: Enrolment): EnrolmentWeight {
  const login = personFactsOfIdentity(identity)
  const learner = factsOf(enrolment, login)
  const match = matchPerson(login, learner)
  const says = (...reasons: readonly (typeof match.reasons)[number][]) => reasons.some((r) => match.reasons.includes(r))

  if (says('identifier-shared')) {
    if (says('identifier-contradicts')) return { weight: 'contradicted', fields: ['identifier'] }
    if (says('birth-date-different')) return { weight: 'contradicted', fields: ['birthDate'] }
    const own = identity.identifiers.filter((one) => isStrong(one) && isOwn(one, enrolment))
    const isProof = (list: readonly StrongIdentifier[]) => relateIdentifiers(list, learner.identifiers).shared
    if (isProof(own.filter(({ scheme }) => isNational(scheme)))) return { weight: 'proven', tier: 1 }
    if (isProof(own)) return { weight: 'proven', tier: 2 }
    if (says('birth-date-equal')) return { weight: 'proven', tier: 4 }
    return { weight: 'not-enough', missing: ['birthDate'] }
  }
  // What the login does not tell, a birth date, names or which of them is the family's, speaks against nobody.
  const namesDiffer = says('family-different', 'given-different', 'family-near', 'given-near')
  if (says('identifier-contradicts', 'birth-date-different') || (isNamed(login) && namesDiffer))
    return { weight: 'someone-else' }
  return { weight: 'not-enough', missing: says('birth-date-equal') ? ['identifier'] : ['identifier', 'birthDate'] }
}

/**
 * What an enrolment that was found by other facts than the login's is worth for it: found by a number that somebody typed,
 * it shares no student number with the login.
 */
export const weighFoundOtherwise = (
  identity: Identity,
  { foundBy: _typed, ...enrolment }: Enrolment,
): EnrolmentWeight => weighEnrolment(identity, enrolment)

/**
 * Whether a link to this enrolment still holds for the login: another birth date, or a contradicting identifier, and it must
 * be proved anew. A new name is none, unless the account may be somebody else's by now and no birth date says that it is not.
 */
export function isLinkUsable(identity: Identity, { foundBy: _linked, ...enrolment }: Enrolment): boolean {
  const login = personFactsOfIdentity(identity)
  const { reasons } = matchPerson(login, factsOf(enrolment, login))
  const says = (...what: typeof reasons) => what.some((reason) => reasons.includes(reason))
  if (says('identifier-contradicts', 'birth-date-different')) return false
  if (!isReissuable(identity) || says('birth-date-equal')) return true
  return !isNamed(login) || !says('family-different', 'given-different')
}

/** Whether the subject is an identifier that may be given to somebody else, or stands for one. */
const isReissuable = ({ subject, identifiers }: Identity): boolean =>
  identifiers.some(
    ({ scheme, value, persistence }) => persistence === 'reissuable' && [value, `${scheme}:${value}`].includes(subject),
  )

const isNamed = ({ names }: PersonFacts): boolean =>
  names.some(({ given, family }) => !isBlankName(given) || !isBlankName(family))

/** Issued by this university, its country, or by the SIS for it: the SIS knows such a number first-hand. */
function isOwn({ scheme, value }: StrongIdentifier, { institution, foundBy }: Enrolment): boolean {
  const country = institution.country === undefined ? undefined : countryCodeOf(institution.country)
  const { schac, esiIssuer } = institution
  if (scheme.startsWith('national:')) return countryCodeOf(scheme.slice('national:'.length)) === country
  if (isLearnerNumber(scheme)) return foundBy === 'learnerId'
  const issuer = scheme === 'esi' ? parseEsi(value)?.issuer : undefined
  return issuer !== undefined && [schac, esiIssuer, country].some((own) => own?.toLowerCase() === issuer)
}

const isLearnerNumber = (scheme: string) => scheme === 'learner-id' || scheme.startsWith('student:')
const isNational = (scheme: string) => scheme.startsWith('national:')

/**
 * The learner with what the SIS says beyond ELMO: a national number may be another country's, and a SIS may search by a
 * number that its learner does not show.
 */
function factsOf({ learner, institution, foundBy }: Enrolment, login: PersonFacts): PersonFacts {
  const facts = personFactsOfLearner(learner, institution.country)
  const shows = (type: string) => (learner.identifier ?? []).filter((one) => one.type.toLowerCase() === type)
  const nationalIds = shows('nationalidentifier')
  const known = login.identifiers.filter((one) => {
    if (isNational(one.scheme)) {
      const same = nationalIds.map(({ value }) => ({ scheme: one.scheme, value }))
      return nationalIds.length === 0 ? foundBy === 'nationalId' : relateIdentifiers([one], same).shared
    }
    if (one.scheme === 'esi') return foundBy === 'esi' && shows('esi').length === 0
    return isLearnerNumber(one.scheme) && foundBy === 'learnerId'
  })
  return { ...facts, identifiers: [...facts.identifiers, ...known] }
}
