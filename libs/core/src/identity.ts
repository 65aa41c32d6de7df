/** Level of assurance of a login, as eIDAS names them. */
export type Loa = 'low' | 'substantial' | 'high'

const loaOrder: readonly (Loa | 'none')[] = ['none', 'low', 'substantial', 'high']

/** Whether a level of assurance is the one demanded, or a stronger one. */
export const reachesLoa = (loa: Loa | 'none', demanded: Loa | 'none'): boolean =>
  loaOrder.indexOf(loa) >= loaOrder.indexOf(demanded)

export type IdentifierScheme =
  | 'eidas'
  | 'prid'
  | 'esi'
  | 'oidc-sub'
  | 'saml-nameid'
  | 'eppn'
  | 'learner-id'
  | `national:${string}`
  | `student:${string}`

/** An identifier as a login asserted it. `value` is normalised by the plugin. */
export interface PersonIdentifier {
  readonly scheme: IdentifierScheme
  readonly value: string
  readonly persistence: 'lifelong' | 'reissuable' | 'pairwise' | 'session'
  /** Where it is valid, if not everywhere: a receiving country, a relying party or an organisation. */
  readonly scope?: string
  /** Who says that it is theirs; absent: the login itself. */
  readonly source?: 'population-register' | 'institution'
}

export interface NameForm {
  readonly family: string
  readonly given: string
  readonly kind: 'current' | 'birth' | 'preferred'
  /** Absent: Latin. */
  readonly script?: 'native'
}

/** Who somebody is, as asserted by a login; nothing in here is guessed. */
export interface Identity {
  /** Id of the login in the settings. */
  readonly provider: string
  /** Who vouches for it. */
  readonly issuer: string
  /** Stable for (issuer, us), unless it is passing. */
  readonly subject: string
  /** The subject is another one at every login: nothing can be linked to it, and nobody locked by it. */
  readonly isPassing?: true
  /** The identity provider behind a proxy, where the proxy names it. */
  readonly authority?: string
  /** ISO 3166-1 alpha-2: whose eID or federation it is. */
  readonly country?: string
  /** Web domain of the organisation that vouches for a student or employee. */
  readonly homeOrganisation?: string
  readonly loa: Loa | 'none'
  /** ISO 8601 instant. */
  readonly authenticatedAt: string
  readonly names: readonly NameForm[]
  /** ISO 8601 calendar date, or a prefix of it as `precision` says. */
  readonly birthDate?: { readonly value: string; readonly precision: 'day' | 'month' | 'year' }
  readonly identifiers: readonly PersonIdentifier[]
  /** Roles that the login asserts about staff, such as `staff`. */
  readonly roles: readonly string[]
}

/** A fact about a person that a login has verified and a SIS can search by. */
export type Claim =
  | { readonly type: 'nationalId'; readonly country: string; readonly value: string }
  | { readonly type: 'esi'; readonly value: string }
  | { readonly type: 'learnerId'; readonly scheme: string; readonly value: string }
  | { readonly type: 'birthDate'; readonly value: string }
  | { readonly type: 'name'; readonly given: string; readonly family: string; readonly former?: boolean }

/** A student's leave to read their results, given to one connection. Kept sealed, dropped when all was read. */
export interface Grant {
  readonly connection: string
  /** Opaque to all but the connection. */
  readonly secret: string
}

/** The person to search for: verified claims, and the grant where the login gave one to this source. */
export interface Subject {
  readonly claims: readonly Claim[]
  readonly grant?: Grant
}

/** The claims of an identity, strongest first (national identifier, ESI, learner id, birth date, names). */
export function claimsOf(identity: Identity): Subject {
  const claims: Claim[] = []
  for (const { scheme, value } of identity.identifiers) {
    if (scheme.startsWith('national:'))
      claims.push({ type: 'nationalId', country: scheme.slice('national:'.length), value })
    else if (scheme === 'esi') claims.push({ type: 'esi', value })
    else if (scheme === 'learner-id') claims.push({ type: 'learnerId', scheme: 'learner-id', value })
    else if (scheme.startsWith('student:'))
      claims.push({ type: 'learnerId', scheme: scheme.slice('student:'.length), value })
  }
  const rank = { nationalId: 0, esi: 1, learnerId: 2, birthDate: 3, name: 4 }
  claims.sort((a, b) => rank[a.type] - rank[b.type])
  if (identity.birthDate?.precision === 'day') claims.push({ type: 'birthDate', value: identity.birthDate.value })
  for (const name of identity.names)
    claims.push({
      type: 'name',
      given: name.given,
      family: name.family,
      ...(name.kind === 'birth' ? { former: true } : {}),
    })
  return { claims }
}
