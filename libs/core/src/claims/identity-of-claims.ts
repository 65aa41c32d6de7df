import type { Identity, Loa, PersonIdentifier } from '../identity.js'
import { countryCodeOf, normaliseNationalId } from '../matching/normalise-national-id.js'
import { type Asserted, assertedOf, MalformedClaim, onlyOf, textsOf } from './asserted.js'
import type { AssertedValues, ClaimGoal, ClaimRule } from './claim-rules.js'
import { identifiersOfClaim, type IdentifierLimits, isScope } from './identifiers-of-claim.js'
import { namesOfClaims } from './names-of-claims.js'
import { type AssertedDate, parseAssertedDate, parseDayFirstDate } from './parse-asserted-date.js'

/** What is known about a login besides its claims; signatures and conditions were checked before. */
export interface LoginFacts extends IdentifierLimits {
  /** Id of the login in the settings. */
  readonly provider: string
  readonly issuer: string
  /** NameID or `sub`. */
  readonly subject?: string
  /** What `subject` is worth; a subject that lasts one session only, or none, is replaced by an identifier. */
  readonly subjectRule?: ClaimRule
  readonly authority?: string
  /** ISO 3166-1 alpha-2: of the login, where no claim says it. */
  readonly country?: string
  readonly loa: Loa | 'none'
  /** ISO 8601 instant. */
  readonly authenticatedAt: string
  /** In `production` numbers of test registers are doubtful. */
  readonly environment?: 'production' | 'test' | 'demo'
}

/**
 * - `identity`, and what its operator should hear of: in `outOfScope` the names of claims of which a value was not taken,
 *   because the identity provider may not speak for its domain; in `doubtful` the schemes of national identifiers that are
 *   not as their country writes them, with what is odd (`national:NO check-digit`);
 * - `missing`: names of required claims that are not there (the first name of the rule);
 * - `malformed`: what is wrong with a claim, by its name, without its value.
 */
export type ClaimsOutcome =
  | { readonly identity: Identity; readonly outOfScope: readonly string[]; readonly doubtful: readonly string[] }
  | { readonly missing: readonly string[] }
  | { readonly malformed: string }

/**
 * Reads what a login asserted by the rules of its profile. Pure; nothing is guessed: a full name is not split, a value that
 * a rule cannot read is not taken, and a claim that can have one value only has no second. Values of identifiers are
 * normalised; a wrong check digit is kept, for the matching to see.
 */
export function identityOfClaims(
  rules: readonly ClaimRule[],
  values: AssertedValues,
  facts: LoginFacts,
): ClaimsOutcome {
  try {
    return read(rules, values, facts)
  } catch (error) {
    if (error instanceof MalformedClaim) return { malformed: error.message }
    throw error
  }
}

/** The values that say how sure a login is of the person, for `loaOf`. */
export function assuranceOf(rules: readonly ClaimRule[], values: AssertedValues): string[] {
  return rules
    .filter(({ gives }) => gives === 'assurance')
    .flatMap((rule) =>
      rule.names.flatMap((name) => textsOf(rule, { name, values: values.get(name) ?? [] }).map((text) => text.trim())),
    )
}

/** A rule with the claim that may serve it. */
interface Candidate {
  readonly rule: ClaimRule
  readonly claim: Asserted
}

/** What one reading of claims found besides the identity. */
interface Findings {
  readonly served: Set<ClaimRule>
  readonly outOfScope: Set<string>
}

function read(rules: readonly ClaimRule[], values: AssertedValues, facts: LoginFacts): ClaimsOutcome {
  const found: Findings = { served: new Set(), outOfScope: new Set() }
  const candidates = rules.flatMap((rule) => {
    const claim = assertedOf(rule, values)
    return claim === undefined ? [] : [{ rule, claim }]
  })
  const giving = (goal: ClaimGoal) => candidates.filter(({ rule }) => rule.gives === goal)

  const subject = subjectCandidate(facts)
  const worth = subject === undefined ? [] : takeIdentifiers([subject], facts, found)
  const identifiers = withoutDoubles([...takeIdentifiers(giving('identifier'), facts, found), ...worth])
  const names = namesOfClaims(takeNames(candidates, found))
  const birthDate = takeBirthDate(giving('birth-date'), found)
  const homeOrganisation = takeHomeOrganisation(giving('home-organisation'), facts, found)
  const country =
    takeCountry(giving('country'), found) ??
    identifiers.find(({ scheme }) => scheme === 'eidas')?.value.slice(0, 2) ??
    facts.country
  const roles = takeRoles(giving('role'), facts, found)
  for (const { rule } of giving('assurance')) found.served.add(rule)

  const isLasting = facts.subjectRule === undefined || worth.some(({ persistence }) => persistence !== 'session')
  const stable = (isLasting ? blankAsAbsent(facts.subject) : undefined) ?? standIn(identifiers)
  const subjectText = stable ?? blankAsAbsent(facts.subject)
  const missing = missingOf(rules, facts, found)
  if (missing.length > 0 || subjectText === undefined)
    return { missing: missing.length > 0 ? missing : [subjectName(facts)] }

  const identity: Identity = {
    provider: facts.provider,
    issuer: facts.issuer,
    subject: subjectText,
    ...(stable === undefined ? { isPassing: true } : {}),
    ...(facts.authority === undefined ? {} : { authority: facts.authority }),
    ...(country === undefined ? {} : { country }),
    ...(homeOrganisation === undefined ? {} : { homeOrganisation }),
    loa: facts.loa,
    authenticatedAt: facts.authenticatedAt,
    names,
    ...(birthDate === undefined ? {} : { birthDate }),
    identifiers,
    roles,
  }
  return { identity, outOfScope: [...found.outOfScope], doubtful: doubtfulOf(identifiers, facts) }
}

const subjectName = ({ subjectRule }: LoginFacts): string => subjectRule?.names[0] ?? 'subject'
const blankAsAbsent = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text)

/** The subject as a claim of its own, where a rule says what it is worth. */
function subjectCandidate(facts: LoginFacts): Candidate | undefined {
  const { subject: text, subjectRule: rule } = facts
  if (text === undefined || rule === undefined) return undefined
  const name = subjectName(facts)
  const claim = assertedOf({ ...rule, names: [name] }, new Map([[name, [{ text }]]]))
  return claim === undefined ? undefined : { rule, claim }
}

/** An identifier in place of a subject that lasts one session only. */
function standIn(identifiers: readonly PersonIdentifier[]): string | undefined {
  const lasting = identifiers.find(({ persistence }) => persistence !== 'session')
  return lasting === undefined ? undefined : `${lasting.scheme}:${lasting.value}`
}

/** The first name of every required rule that nothing serves: neither it, nor another rule for the same claims. */
function missingOf(rules: readonly ClaimRule[], { subjectRule }: LoginFacts, { served }: Findings): string[] {
  const nameOf = ({ names }: ClaimRule) => names[0] ?? ''
  const servedNames = new Set([...served].map(nameOf))
  const required = [...rules, ...(subjectRule === undefined ? [] : [subjectRule])].filter((rule) => rule.required)
  return [...new Set(required.map(nameOf).filter((name) => !servedNames.has(name)))]
}

function takeIdentifiers(candidates: readonly Candidate[], facts: LoginFacts, found: Findings): PersonIdentifier[] {
  return candidates.flatMap(({ rule, claim }) => {
    const { identifiers, outOfScope } = identifiersOfClaim(rule, claim, facts)
    if (outOfScope) found.outOfScope.add(claim.name)
    if (identifiers.length > 0) found.served.add(rule)
    return identifiers
  })
}

const doubtfulOf = (identifiers: readonly PersonIdentifier[], { environment }: LoginFacts): string[] =>
  identifiers.flatMap(({ scheme, value }) => {
    if (!scheme.startsWith('national:')) return []
    const { warning } = normaliseNationalId(scheme.slice('national:'.length), value, environment)
    return warning === undefined ? [] : [`${scheme} ${warning}`]
  })

const withoutDoubles = (identifiers: readonly PersonIdentifier[]): PersonIdentifier[] =>
  identifiers.filter(
    (one, at) => identifiers.findIndex(({ scheme, value }) => scheme === one.scheme && value === one.value) === at,
  )

function takeNames(candidates: readonly Candidate[], { served }: Findings): Map<ClaimGoal, Asserted> {
  const names = new Map<ClaimGoal, Asserted>()
  for (const { rule, claim } of candidates) {
    if (!rule.gives.endsWith('-name')) continue
    served.add(rule)
    if (!names.has(rule.gives)) names.set(rule.gives, claim)
  }
  return names
}

/** The first value that is accepted; a rule with two values is refused. */
function takeOne<Value>(
  candidates: readonly Candidate[],
  { served }: Findings,
  accept: (text: string, claim: Asserted, rule: ClaimRule) => Value | undefined,
): Value | undefined {
  for (const { rule, claim } of candidates) {
    const text = onlyOf(claim.name, textsOf(rule, claim))
    const value = text === undefined ? undefined : accept(text, claim, rule)
    if (value === undefined) continue
    served.add(rule)
    return value
  }
  return undefined
}

const takeBirthDate = (candidates: readonly Candidate[], found: Findings): AssertedDate | undefined =>
  takeOne(candidates, found, (text, { name }, { form }) => {
    const date = form === 'day-first-date' ? parseDayFirstDate(text) : parseAssertedDate(text)
    if (date === undefined) throw new MalformedClaim(`${name} is no date`)
    return date === 'unknown' ? undefined : date
  })

const takeHomeOrganisation = (
  candidates: readonly Candidate[],
  { trustedScopes }: LoginFacts,
  found: Findings,
): string | undefined =>
  takeOne(candidates, found, (text, { name }) => {
    if (trustedScopes === undefined || isScope(text, trustedScopes)) return text.toLowerCase()
    found.outOfScope.add(name)
    return undefined
  })

const takeCountry = (candidates: readonly Candidate[], found: Findings): string | undefined =>
  takeOne(candidates, found, (text) => (/^[A-Za-z]{2}$/.test(text) ? countryCodeOf(text) : undefined))

/** Roles that name a domain (`staff@uni.example`) count only where the identity provider may speak for it. */
function takeRoles(candidates: readonly Candidate[], { trustedScopes }: LoginFacts, found: Findings): string[] {
  const roles = candidates.flatMap(({ rule, claim }) =>
    textsOf(rule, claim).filter((role) => {
      const at = role.lastIndexOf('@')
      const isTaken = at < 0 || trustedScopes === undefined || isScope(role.slice(at + 1), trustedScopes)
      if (isTaken) found.served.add(rule)
      else found.outOfScope.add(claim.name)
      return isTaken
    }),
  )
  return [...new Set(roles)]
}
