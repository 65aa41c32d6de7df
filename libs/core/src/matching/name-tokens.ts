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
