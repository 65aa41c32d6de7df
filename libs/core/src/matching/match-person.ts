/** What speaks for or against "the same person". Codes, never values. */
export type MatchReason =
  | 'identifier-shared'
  | 'identifier-contradicts'
  | 'birth-date-equal'
  | 'birth-date-partial'
  | 'birth-date-missing'
  | 'birth-date-different'
  | 'family-same'
  | 'family-part'
  | 'family-near'
  | 'family-different'
  | 'given-same'
  | 'given-part'
  | 'given-near'
  | 'given-different'
  | 'birth-name-used'
  | 'names-swapped'
  | 'transliterated'

/** same = go on; doubt = a person must decide; different = refuse. */
export type MatchVerdict = 'same' | 'doubt' | 'different'

export interface MatchResult {
  readonly verdict: MatchVerdict
  readonly reasons: readonly MatchReason[]
}

/** One side of the question: a person as a login, a SIS or a document names them. */
export interface PersonFacts {
  readonly names: readonly { readonly given: string; readonly family: string; readonly kind?: 'current' | 'birth' }[]
  /** ISO date or a prefix of it. */
  readonly birthDate?: string
  /** Scheme (such as `national:SE`, `esi`) to value; only strong identifiers. */
  readonly identifiers: readonly { readonly scheme: string; readonly value: string }[]
}
/** Is it the same person? 1:1, with reasons; pure and symmetric. Spec: research note on person matching, name relation. */
export function matchPerson(a: PersonFacts, b: PersonFacts): MatchResult {
  throw new Error('not built yet')
}
