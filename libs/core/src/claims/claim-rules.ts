import type { IdentifierScheme, Loa, PersonIdentifier } from '../identity.js'

/**
 * How a value is written where a login asserts it.
 *
 * - `text`: as it stands
 * - `date`: ISO 8601, a time zone behind it is ignored
 * - `eidas-person-identifier`: `XX/YY/…`
 * - `schac-personal-unique-id`: `urn:schac:personalUniqueID:CC:TYPE:VALUE`, or its older form
 * - `schac-personal-unique-code`: `urn:schac:personalUniqueCode:…`, of which only European Student Identifiers count
 * - `prefixed`: the value stands behind `prefix`; anything else is another kind of value and is passed over
 */
export type ClaimForm =
  'text' | 'date' | 'eidas-person-identifier' | 'schac-personal-unique-id' | 'schac-personal-unique-code' | 'prefixed'

/** What a claim says about the person. */
export type ClaimGoal =
  | 'identifier'
  | 'family-name'
  | 'given-name'
  | 'full-name'
  | 'birth-family-name'
  | 'birth-given-name'
  | 'birth-date'
  | 'home-organisation'
  | 'country'
  | 'assurance'
  | 'role'

/** Whether a rule is known from a source, or must be confirmed with the operator of the login. */
export type Confidence = { readonly source: string } | { readonly confirm: string }

/** One claim or attribute of a login, and what it says about the person. The same for SAML and OpenID Connect. */
export interface ClaimRule {
  /** Names of the claim or attribute, alternatives: the first that is there counts. */
  readonly names: readonly string[]
  readonly gives: ClaimGoal
  readonly form?: ClaimForm
  /** For `form: 'prefixed'`. */
  readonly prefix?: string
  /** For `gives: 'identifier'`; of schac forms and eIDAS identifiers the value says it itself. */
  readonly scheme?: IdentifierScheme
  readonly persistence?: PersonIdentifier['persistence']
  readonly identifierSource?: PersonIdentifier['source']
  /** A login without it is refused as `attributes-missing`. */
  readonly required?: boolean
  readonly known: Confidence
}

/** A level as the login writes it: `acr`, AuthnContextClassRef or a value of an assurance attribute. */
export interface LoaRule {
  readonly value: string
  readonly loa: Loa | 'none'
  readonly known: Confidence
}

export interface AssertedValue {
  readonly text: string
  /** eIDAS: `LatinScript="false"`. */
  readonly isNative?: boolean
}

/** What a login asserted, by name of claim or attribute; signatures and conditions were checked before. */
export type AssertedValues = ReadonlyMap<string, readonly AssertedValue[]>
