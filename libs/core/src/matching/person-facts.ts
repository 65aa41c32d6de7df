import { birthDateOf, type Learner } from '@emrex-gateway/elmo'
import type { IdentifierScheme, Identity, PersonIdentifier } from '../identity.js'
import type { PersonFacts } from './match-person.js'
import { countryCodeOf, normaliseNationalId } from './normalise-national-id.js'
import { isBlankName } from './fold-name.js'
import { parseEsi } from './parse-esi.js'
import { parsePersonIdentifier } from './parse-person-identifier.js'
import type { StrongIdentifier } from './relate-identifiers.js'

/**
 * What a login says about a person, for matching. Only identifiers that mean the same person everywhere count: national
 * ones, ESI, student numbers with their university, and what eIDAS vouches for as lifelong. Subjects, eppn and
 * pseudonyms do not.
 */
export function personFactsOfIdentity(identity: Identity): PersonFacts {
  return {
    names: identity.names.map(({ given, family, kind }) => ({
      given,
      family,
      kind: kind === 'birth' ? ('birth' as const) : ('current' as const),
    })),
    ...(identity.birthDate === undefined ? {} : { birthDate: identity.birthDate.value }),
    identifiers: identity.identifiers.filter(isStrong).map(({ scheme, value }) => ({ scheme, value })),
  }
}

/** Whether an identifier of a login means one person, for good, at whoever knows it. */
export function isStrong({ scheme, persistence }: PersonIdentifier): boolean {
  if (persistence === 'session') return false
  if (scheme === 'eidas' || scheme === 'prid' || scheme === 'learner-id') return persistence === 'lifelong'
  return scheme === 'esi' || scheme.startsWith('national:') || scheme.startsWith('student:')
}

/**
 * What an ELMO learner says about a person, for matching.
 *
 * @param country whose national identifier it is (ELMO does not say): the country of the issuer or its NCP. Without it, or
 * when the value is not what that country writes, the national identifier is left out: a guess could refuse the right person.
 */
export function personFactsOfLearner(learner: Learner, country?: string): PersonFacts {
  const { givenNames: given, familyName: family, birthName } = learner
  const birthDate = birthDateOf(learner)
  return {
    names: [
      { given, family, kind: 'current' },
      ...(birthName === undefined || isBlankName(birthName)
        ? []
        : [{ given, family: birthName, kind: 'birth' as const }]),
    ],
    ...(birthDate === undefined ? {} : { birthDate }),
    identifiers: strongIdentifiersOf(learner, country),
  }
}

const ownSchemes: Readonly<Record<string, IdentifierScheme>> = { esi: 'esi', eidas: 'eidas', prid: 'prid' }

/** An ESI that does not say who gave it is any university's number: two people have it, or one person has two. */
const isWhole = ({ scheme, value }: StrongIdentifier): boolean =>
  (scheme !== 'esi' || parseEsi(value) !== undefined) &&
  (scheme !== 'eidas' || parsePersonIdentifier(value) !== undefined)

function strongIdentifiersOf(learner: Learner, country: string | undefined): StrongIdentifier[] {
  const found: StrongIdentifier[] = []
  for (const { type, value } of learner.identifier ?? []) {
    const scheme = ownSchemes[type.toLowerCase()]
    if (scheme !== undefined && isWhole({ scheme, value })) found.push({ scheme, value })
    if (type.toLowerCase() !== 'nationalidentifier' || country === undefined) continue
    const id = normaliseNationalId(country, value)
    if (id.warning !== 'form') found.push({ scheme: `national:${countryCodeOf(country)}`, value: id.value })
  }
  return found
}
