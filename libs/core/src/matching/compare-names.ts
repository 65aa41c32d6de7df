import { isBlankName } from './fold-name.js'
import { rankOf, relateNames, type NameRelation, type RelatedNames } from './relate-names.js'

/** One name of a person. */
export interface PersonName {
  readonly given: string
  readonly family: string
  readonly kind?: 'current' | 'birth'
}

/** How two persons' names relate, field by field. */
export interface ComparedNames {
  readonly family: NameRelation
  readonly given: NameRelation
  /** A birth name had to be used. */
  readonly birthName: boolean
  /** The names stand in other fields, or one side has a single name only. */
  readonly swapped: boolean
  readonly transliterated: boolean
}

const weaker = (a: RelatedNames, b: RelatedNames): NameRelation =>
  rankOf(a.relation) < rankOf(b.relation) ? a.relation : b.relation

const allOf = (name: PersonName): string => [name.given, name.family].filter((part) => !isBlankName(part)).join(' ')

/** The one to three ways in which two names can be laid side by side. */
function* layouts(a: PersonName, b: PersonName): Generator<ComparedNames> {
  const birthName = a.kind === 'birth' || b.kind === 'birth'
  if ([a.given, a.family, b.given, b.family].some(isBlankName)) {
    const [allOfA, allOfB] = [allOf(a), allOf(b)]
    if (allOfA === '' || allOfB === '') return
    const { relation, transliterated } = relateNames(allOfA, allOfB, 'family')
    yield { family: relation, given: relation, birthName, swapped: true, transliterated }
    return
  }
  const [family, given] = [relateNames(a.family, b.family, 'family'), relateNames(a.given, b.given, 'given')]
  const transliterated = family.transliterated || given.transliterated
  yield { family: family.relation, given: given.relation, birthName, swapped: false, transliterated }

  // One of each two is a family name, and nobody knows which: particles are optional in both. It is never more than a doubt.
  const [left, right] = [relateNames(a.family, b.given, 'family'), relateNames(a.given, b.family, 'family')]
  const both = weaker(left, right)
  if (rankOf(both) >= rankOf('part')) {
    const transliterated = left.transliterated || right.transliterated
    yield { family: both, given: both, birthName, swapped: true, transliterated }
  }
}

/** Every way to compare the names of two persons: each name with each, straight and with fields swapped. Symmetric. */
export function* compareNames(a: readonly PersonName[], b: readonly PersonName[]): Generator<ComparedNames> {
  for (const nameA of a) for (const nameB of b) yield* layouts(nameA, nameB)
}
