import { compareNames, type ComparedNames, type PersonName } from './compare-names.js'
import { relateBirthDates, type BirthDateRelation } from './relate-birth-dates.js'
import { relateIdentifiers, type StrongIdentifier } from './relate-identifiers.js'
import { rankOf, type NameRelation } from './relate-names.js'

/** What speaks for or against "the same person". Codes, never values. */
export type MatchReason =
  | 'identifier-shared'
  | 'identifier-contradicts'
  | `birth-date-${BirthDateRelation}`
  | `family-${NameRelation}`
  | `given-${NameRelation}`
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
  readonly names: readonly PersonName[]
  /** ISO date or a prefix of it. */
  readonly birthDate?: string
  /** Scheme (such as `national:SE`, `esi`) to value; only strong identifiers. */
  readonly identifiers: readonly StrongIdentifier[]
}

/** With equal birth dates: rows are the family name, columns the given name. */
const byNames: Record<NameRelation, Record<NameRelation, MatchVerdict>> = {
  same: { same: 'same', part: 'same', near: 'doubt', different: 'different' },
  part: { same: 'doubt', part: 'doubt', near: 'doubt', different: 'different' },
  near: { same: 'doubt', part: 'doubt', near: 'doubt', different: 'different' },
  different: { same: 'doubt', part: 'doubt', near: 'different', different: 'different' },
}

const verdictRank: Record<MatchVerdict, number> = { same: 2, doubt: 1, different: 0 }
const noNames: ComparedNames = {
  ...{ family: 'different', given: 'different' },
  ...{ birthName: false, swapped: false, transliterated: false },
}

/** A birth name, or names in other fields, is never enough without a person who looks. */
function verdictByNames({ family, given, birthName, swapped }: ComparedNames): MatchVerdict {
  const verdict = byNames[family][given]
  return verdict === 'same' && (birthName || swapped) ? 'doubt' : verdict
}

/** Larger is better; among equals the plainest comparison counts. */
const strength = (names: ComparedNames): number =>
  verdictRank[verdictByNames(names)] * 100 +
  (rankOf(names.family) + rankOf(names.given)) * 10 +
  rankOf(names.family) -
  (names.swapped ? 4 : 0) -
  (names.birthName ? 5 : 0)

function bestComparison(a: PersonFacts, b: PersonFacts): ComparedNames {
  let best = noNames
  for (const names of compareNames(a.names, b.names)) if (strength(names) > strength(best)) best = names
  return best
}

/**
 * Is it the same person? 1:1, with reasons; pure and symmetric.
 *
 * `same` needs equal birth dates and names that agree but for second names, particles of family names and ways of writing.
 * A shared strong identifier lifts a doubt, and turns a refusal by name into a doubt (name change). Contradicting
 * identifiers, or another birth date, refuse whatever else agrees. Without a full birth date on both sides agreeing names give a doubt.
 *
 * Spec: docs/person-matching.md, "How names relate" and "The decision 1:1".
 */
export function matchPerson(a: PersonFacts, b: PersonFacts): MatchResult {
  const { shared, contradicts } = relateIdentifiers(a.identifiers, b.identifiers)
  const birthDate = relateBirthDates(a.birthDate, b.birthDate)
  const names = bestComparison(a, b)
  const reasons: MatchReason[] = [
    ...(shared ? (['identifier-shared'] as const) : []),
    ...(contradicts ? (['identifier-contradicts'] as const) : []),
    `birth-date-${birthDate}`,
    `family-${names.family}`,
    `given-${names.given}`,
    ...(names.birthName ? (['birth-name-used'] as const) : []),
    ...(names.swapped ? (['names-swapped'] as const) : []),
    ...(names.transliterated ? (['transliterated'] as const) : []),
  ]
  if (contradicts || birthDate === 'different') return { verdict: 'different', reasons }
  const verdict = withBirthDate(verdictByNames(names), birthDate)
  return { verdict: shared ? lifted[verdict] : verdict, reasons }
}

const lifted: Record<MatchVerdict, MatchVerdict> = { same: 'same', doubt: 'same', different: 'doubt' }

function withBirthDate(byName: MatchVerdict, birthDate: 'equal' | 'partial' | 'missing'): MatchVerdict {
  if (birthDate === 'equal') return byName
  return byName === 'same' ? 'doubt' : 'different'
}
