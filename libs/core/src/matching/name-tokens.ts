// Small words that registers keep, drop or move in family names.
const particles = new Set(
  [
    'VAN VON ZU ZUM ZUR AM DER DEN DE DES TER TEN TE OP HET',
    'DA DAS DO DOS DI DEL DELLA DELLE DELLO DEI DEGLI DALLA LA LAS LE LES LO LOS DU Y',
    'AL EL UL BIN IBN BINT BINTI ABU AF AV OCH',
  ].flatMap((line) => line.split(' ')),
)

/** The Arabic article before a word, which everybody writes as they hear it (El Mehdi, Al Mehdi), in one way. */
export const oneArticle = (folded: string): string => folded.replace(/(?<![^ ])[EU]L (?=[^ ])/g, 'AL ')

/** The words of a folded name, in a fixed order. */
export const nameTokens = (folded: string): readonly string[] => folded.split(' ').sort()

/**
 * The words of a family name without particles. Some are names as well (Do, Le, Łoś): a name of nothing but particles
 * keeps them.
 */
export function weightyTokens(tokens: readonly string[]): readonly string[] {
  const weighty = tokens.filter((word) => !particles.has(word))
  return weighty.length > 0 ? weighty : tokens
}

/** J.P. and Ma.José as several words: dots go, and the words would be one. */
export const spacedInitials = (given: string): string => given.replace(/(?<=\p{L}\p{M}*[.．])(?=\p{L})/gu, ' ')

/** One letter of an alphabet that has capitals: of other scripts one sign is a name. */
export const isInitial = (word: string): boolean => /^\p{Lu}$/u.test(word)

// Mª, Ma.
const contractions: Readonly<Record<string, string>> = { MA: 'MARIA' }

const isShortFor = (short: string, word: string): boolean =>
  contractions[short] === word || (isInitial(short) && word.startsWith(short))

/**
 * Whether every word of one given name stands in the other, each for one word, when an initial stands for a word: John A.
 * and John Andrew. A doubt and no more: John A. may be John Anton as well.
 */
export function isAbbreviated(a: readonly string[], b: readonly string[]): boolean {
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a]
  const left = [...more]
  const take = (isFor: (word: string) => boolean): boolean => {
    const at = left.findIndex(isFor)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  }
  return fewer
    .filter((word) => !take((other) => other === word))
    .every((word) => take((other) => isShortFor(word, other) || isShortFor(other, word)))
}
