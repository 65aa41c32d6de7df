import { reachesLoa, type Claim, type IdentifierScheme, type Loa } from '../identity.js'
import type { IdentityProvider, IdentityProviderInfo, ProviderState } from '../ports/identity-provider.js'

/** Where a person can be looked up: one SIS, or one institution in it. */
export interface LookupPlace {
  /** How people know it. */
  readonly title: string
  /** What it can search by. */
  readonly findBy: readonly Claim['type'][]
  /** ISO 3166-1 alpha-2, whose national identifiers it holds; absent: perhaps any. */
  readonly nationalIdsOf?: readonly string[]
  /** Id of the one login that leads there: the SIS answers with the leave that it gives. */
  readonly onlyBy?: string
  /** Whether somebody without a strong identifier can prove there who they are in another way. */
  readonly secondProof: boolean
}

/** A login as the page shows it. */
export interface OfferedLogin {
  readonly id: string
  readonly label: string
  readonly kind: IdentityProviderInfo['kind']
  readonly countries: readonly string[]
  /** Titles of the places where the login can find somebody. */
  readonly serves: readonly string[]
  /** The login alone will not do: the student number will be asked for as well. */
  readonly needsStudentNumber: boolean
  /** False: shown, and cannot be chosen now. */
  readonly available: boolean
}

const claimOfScheme = (scheme: IdentifierScheme): Claim['type'] | undefined => {
  if (scheme.startsWith('national:')) return 'nationalId'
  if (scheme === 'esi') return 'esi'
  return scheme === 'learner-id' || scheme.startsWith('student:') ? 'learnerId' : undefined
}

/** Whether what a login delivers can lead to a record at a place: by an identifier, by a second proof, or not at all. */
export function howFound(
  info: Pick<IdentityProviderInfo, 'id' | 'delivers' | 'deliversBirthDate'>,
  place: LookupPlace,
): 'by-identifier' | 'by-second-proof' | undefined {
  if (place.onlyBy !== undefined) return place.onlyBy === info.id ? 'by-identifier' : undefined
  const leads = info.delivers.some((scheme) => {
    const claim = claimOfScheme(scheme)
    if (claim === undefined || !place.findBy.includes(claim)) return false
    const [, country] = scheme.split(':')
    return claim !== 'nationalId' || (place.nationalIdsOf?.includes(country ?? '') ?? true)
  })
  if (leads) return 'by-identifier'
  return place.secondProof ? 'by-second-proof' : undefined
}

/**
 * The logins that can work: strong enough, and with something that one of the places can search by. Those that need a
 * second proof stand last; the order is else that of the settings.
 *
 * Spec: docs/identity.md, "Which logins a student sees".
 */
export function offeredLogins(
  logins: readonly IdentityProvider[],
  demands: { readonly minimumLoa: Loa | 'none'; readonly places: readonly LookupPlace[] },
  stateOf: (id: string) => ProviderState | undefined,
): readonly OfferedLogin[] {
  const offered = logins
    .filter(({ info }) => reachesLoa(info.bestLoa, demands.minimumLoa))
    .map(({ info }): OfferedLogin => {
      const found = demands.places.map((place) => ({ place, how: howFound(info, place) }))
      const by = (how: 'by-identifier' | 'by-second-proof') =>
        found.filter((each) => each.how === how).map(({ place }) => place.title)
      const [direct, proved] = [by('by-identifier'), by('by-second-proof')]
      return {
        id: info.id,
        label: info.label,
        kind: info.kind,
        countries: info.countries,
        serves: direct.length > 0 ? direct : proved,
        needsStudentNumber: direct.length === 0,
        available: stateOf(info.id)?.available ?? true,
      }
    })
    .filter(({ serves }) => serves.length > 0)
  return [
    ...offered.filter(({ needsStudentNumber }) => !needsStudentNumber),
    ...offered.filter(({ needsStudentNumber }) => needsStudentNumber),
  ]
}
