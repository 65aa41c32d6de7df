import type { IdentifierScheme, Loa, PersonIdentifier } from '../identity.js'

/**
 * How a value is written where a login asserts it.
 *
 * - `text`: as it stands
 * - `date`: ISO 8601, with or without hyphens; a time zone behind it is ignored, and a day or month of zeros is unknown
 * - `day-first-date`: the same, or the day first and the year last: `28-08-1944`, `28.08.1944`
 * - `eidas-person-identifier`: `XX/YY/…`
 * - `schac-personal-unique-id`: `urn:schac:personalUniqueID:CC:TYPE:VALUE`, or its older form
 * - `schac-personal-unique-code`: `urn:schac:personalUniqueCode:…`, of which European Student Identifiers count; with a
 *   `scheme` such as `student:uni.example`, the student numbers of that university instead
 * - `national-id`: as the country of `scheme` writes its numbers; anything else is another kind of value and is passed over
 * - `prefixed`: the value stands behind `prefix`; anything else is another kind of value and is passed over
 */
export type ClaimForm =
  | 'text'
  | 'date'
  | 'day-first-date'
  | 'eidas-person-identifier'
  | 'schac-personal-unique-id'
  | 'schac-personal-unique-code'
  | 'national-id'
  | 'prefixed'

/** What a claim says about the person. */
export type ClaimGoal =
  | 'identifier'
  | 'family-name'
  | 'given-name'
  | 'full-name'
  | 'birth-family-name'
  | 'birth-given-name'
  /** Given names and family name at birth in one text, as eIDAS writes them. */
  | 'birth-full-name'
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
  /** The rule counts only where this other claim has one of these values. */
  readonly onlyWhen?: { readonly name: string; readonly values: readonly string[] }
  /** For `eidas-person-identifier`, ISO 3166-1 alpha-2: one that was made for another country is refused. */
  readonly receivingCountry?: string
  /** For `schac-personal-unique-code`: issuers that are believed besides the scopes of the identity provider. */
  readonly issuers?: readonly string[]
  /** A login without it is refused as `attributes-missing`. Of several rules with the same names one must be served. */
  readonly required?: boolean
  readonly known: Confidence
}

/** A level as the login writes it: `acr`, AuthnContextClassRef or a value of an assurance attribute. */
export interface LoaRule {
  readonly value: string
  readonly loa: Loa | 'none'
  /** A value that must be there too: how well a person was proofed says nothing about how they logged in. */
  readonly onlyWith?: string
  readonly known: Confidence
}

export interface AssertedValue {
  readonly text: string
  /** eIDAS: `LatinScript="false"`. */
  readonly isNative?: boolean
}

/** What a login asserted, by name of claim or attribute; signatures and conditions were checked before. */
export type AssertedValues = ReadonlyMap<string, readonly AssertedValue[]>
