import { foldName, normaliseName } from './fold-name.js'
import { jaroWinkler } from './jaro-winkler.js'
import { nameTokens, weightyTokens } from './name-tokens.js'

/** How two values of one name field relate; the strongest that holds. */
export type NameRelation = 'same' | 'part' | 'near' | 'different'

export interface RelatedNames {
  readonly relation: NameRelation
  /** The relation holds only because letters were written in another way. */
  readonly transliterated: boolean
}

/** Below it two names are different. Measured: 0.85 to 0.96 only changes how many cases a person looks at. */
const nearThreshold = 0.92

const ranks: Record<NameRelation, number> = { same: 3, part: 2, near: 1, different: 0 }

/** Larger means closer. */
export const rankOf = (relation: NameRelation): number => ranks[relation]

const isSubset = (inner: readonly string[], outer: readonly string[]) => inner.every((word) => outer.includes(word))

function relateTokens(a: readonly string[], b: readonly string[]): NameRelation {
  const [aInB, bInA] = [isSubset(a, b), isSubset(b, a)]
  if (aInB && bInA) return 'same'
  return aInB || bInA ? 'part' : 'different'
}

const closer = (a: NameRelation, b: NameRelation): NameRelation => (rankOf(a) > rankOf(b) ? a : b)

function relateFolded(a: string, b: string): NameRelation {
  if (a.replaceAll(' ', '') === b.replaceAll(' ', '')) return 'same'
  const [tokensA, tokensB] = [nameTokens(a), nameTokens(b)]
  const [weightyA, weightyB] = [weightyTokens(tokensA), weightyTokens(tokensB)]
  const byTokens = closer(relateTokens(tokensA, tokensB), relateTokens(weightyA, weightyB))
  if (byTokens !== 'different') return byTokens
  return jaroWinkler(weightyA.join(' '), weightyB.join(' ')) >= nearThreshold ? 'near' : 'different'
}

/**
 * Relates two family names, or two given names: same (equal in any folding, blanks and particles aside, in any order),
 * part (one holds all words of the other: second given names, double surnames), near (Jaro-Winkler), different.
 * Symmetric.
 */
export function relateNames(a: string, b: string): RelatedNames {
  const asWritten = relateFolded(normaliseName(a), normaliseName(b))
  // Most names are written alike; nothing is closer than that.
  if (asWritten === 'same') return { relation: asWritten, transliterated: false }
  let best: NameRelation = asWritten
  const foldedBs = foldName(b)
  for (const foldedA of foldName(a)) for (const foldedB of foldedBs) best = closer(best, relateFolded(foldedA, foldedB))
  return { relation: best, transliterated: best !== asWritten && best !== 'near' }
}
