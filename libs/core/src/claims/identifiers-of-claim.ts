import type { IdentifierScheme, PersonIdentifier } from '../identity.js'
import { normaliseNationalId } from '../matching/normalise-national-id.js'
import { parseEsi } from '../matching/parse-esi.js'
import { parsePersonIdentifier, writePersonIdentifier } from '../matching/parse-person-identifier.js'
import { type Asserted, MalformedClaim, onlyOf, textsOf } from './asserted.js'
import type { ClaimRule } from './claim-rules.js'

/** What limits the identifiers that are believed. */
export interface IdentifierLimits {
  /** ISO 3166-1 alpha-2: identifiers of eIDAS made for another country are refused. */
  readonly receivingCountry?: string
  /** Domains that the identity provider may speak for; identifiers of others are not taken. Absent: any. */
  readonly trustedScopes?: readonly string[]
}

/** Identifiers that a claim gives; `outOfScope` when there was one that its identity provider may not vouch for. */
export interface FoundIdentifiers {
  readonly identifiers: readonly PersonIdentifier[]
  readonly outOfScope: boolean
}

/** @throws {MalformedClaim} */
export function identifiersOfClaim(rule: ClaimRule, asserted: Asserted, limits: IdentifierLimits): FoundIdentifiers {
  const found = readers[rule.form ?? 'text'](rule, asserted, limits)
  const identifiers = found.filter((identifier) => isInScope(rule, identifier, limits.trustedScopes))
  return { identifiers, outOfScope: identifiers.length < found.length }
}

type Reader = (rule: ClaimRule, asserted: Asserted, limits: IdentifierLimits) => PersonIdentifier[]

const single: Reader = (rule, asserted) => {
  const value = onlyOf(asserted.name, textsOf(rule, asserted))
  return value === undefined || rule.scheme === undefined ? [] : [identifierOf(rule, rule.scheme, value)]
}

const readers: Record<NonNullable<ClaimRule['form']>, Reader> = {
  text: single,
  date: single,
  'day-first-date': single,
  prefixed: single,
  'national-id': (rule, asserted) => {
    const value = onlyOf(asserted.name, textsOf(rule, asserted))
    const country = rule.scheme?.startsWith('national:') === true ? rule.scheme.slice('national:'.length) : undefined
    if (value === undefined || country === undefined) return []
    return normaliseNationalId(country, value).warning === 'form'
      ? []
      : [identifierOf(rule, `national:${country}`, value)]
  },
  'eidas-person-identifier': (rule, asserted, limits) => {
    const parsed = parsePersonIdentifier(onlyOf(asserted.name, textsOf(rule, asserted)) ?? '')
    if (parsed === undefined) return []
    for (const due of [rule.receivingCountry, limits.receivingCountry])
      if (due !== undefined && parsed.receivingCountry !== due)
        throw new MalformedClaim(`${asserted.name} was made for another country than ${due}`)
    const identifier = identifierOf(rule, 'eidas', writePersonIdentifier(parsed))
    return [{ ...identifier, scope: parsed.receivingCountry }]
  },
  'schac-personal-unique-id': (rule, asserted) =>
    asserted.values.flatMap(({ text }) => {
      const { country, value } = schacUniqueId(text) ?? {}
      if (country === undefined || value === undefined) return []
      const scheme = `national:${country}` as const
      return rule.scheme === undefined || rule.scheme === scheme ? [identifierOf(rule, scheme, value)] : []
    }),
  'schac-personal-unique-code': (rule, asserted) =>
    asserted.values.flatMap(({ text }) =>
      rule.scheme?.startsWith('student:') === true ? studentNumber(rule, rule.scheme, text) : esi(rule, text),
    ),
}

function esi(rule: ClaimRule, text: string): PersonIdentifier[] {
  const parsed = parseEsi(text)
  if (parsed === undefined || hasControls(parsed.number)) return []
  return [identifierOf(rule, 'esi', `urn:schac:personalUniqueCode:int:esi:${parsed.issuer}:${parsed.number}`)]
}

function studentNumber(rule: ClaimRule, scheme: IdentifierScheme, text: string): PersonIdentifier[] {
  const [, university = '', number = ''] = localStudentId.exec(text) ?? []
  return scheme === `student:${university.toLowerCase()}` ? [identifierOf(rule, scheme, number)] : []
}

const hasControls = (text: string): boolean => /\p{Cc}/u.test(text)

// Such as urn:schac:personalUniqueCode:nl:local:uni.example:studentid:4711
const localStudentId = /^urn:schac:personaluniquecode:[a-z]{2}:local:([^:]+):studentid:(.+)$/i
// The value may hold colons itself: it is what is left behind the type.
const uniqueId = /^urn:(?:mace:terena\.org:)?schac:personaluniqueid:([a-z]{2}):([^:]+):(.+)$/i
/** Types under which countries write their national identifiers. Others are passports and the like. */
const nationalTypes = ['FIC', 'HETU', 'CPR', 'NIN', 'FNR', 'OIB', 'NIF', 'PESEL', 'CF', 'FISCALCODE', 'PNR']

function schacUniqueId(text: string): { country: string; value: string } | undefined {
  const [, country = '', type = '', value = ''] = uniqueId.exec(text) ?? []
  if (!nationalTypes.includes(type.toUpperCase())) return undefined
  return { country: country.toUpperCase(), value: value.trim() }
}

function identifierOf(rule: ClaimRule, scheme: IdentifierScheme, written: string): PersonIdentifier {
  const value = scheme.startsWith('national:')
    ? normaliseNationalId(scheme.slice('national:'.length), written).value
    : written
  return {
    scheme,
    value,
    persistence: rule.persistence ?? usualPersistence(scheme),
    ...(rule.identifierSource === undefined ? {} : { source: rule.identifierSource }),
  }
}

/** Where a rule does not say it. What eIDAS calls persistent changes with a new card in some countries. */
const usualPersistence = (scheme: IdentifierScheme): PersonIdentifier['persistence'] =>
  scheme === 'esi' || scheme === 'learner-id' || scheme.startsWith('national:') ? 'lifelong' : 'reissuable'

/** Only what names a domain has a scope. An ESI of a country cannot be checked against a domain. */
function isInScope(
  rule: ClaimRule,
  { scheme, value }: PersonIdentifier,
  scopes: readonly string[] | undefined,
): boolean {
  if (scopes === undefined) return true
  const believed = [...scopes, ...(rule.issuers ?? [])]
  if (scheme === 'eppn') return isScope(value.slice(value.lastIndexOf('@') + 1), believed)
  if (scheme.startsWith('student:')) return isScope(scheme.slice('student:'.length), believed)
  const issuer = scheme === 'esi' ? parseEsi(value)?.issuer : undefined
  return issuer === undefined || /^[a-z]{2}$/.test(issuer) || isScope(issuer, believed)
}

/** Whether a domain is one of those that an identity provider may speak for. */
export const isScope = (domain: string, scopes: readonly string[]): boolean =>
  scopes.some((scope) => scope.toLowerCase() === domain.toLowerCase())
