// Small words that registers keep, drop or move.
const particles = new Set(
  [
    'VAN VON ZU ZUM ZUR AM DER DEN DE DES TER TEN TE OP HET',
    'DA DAS DO DOS DI DEL DELLA DELLE DELLO DEI DEGLI DALLA LA LAS LE LES LO LOS DU Y',
    'AL EL UL BIN IBN BINT BINTI ABU AF AV OCH',
  ].flatMap((line) => line.split(' ')),
)

/** The words of a folded name without particles, in a fixed order; a name of nothing but particles keeps them. */
export function nameTokens(folded: string): readonly string[] {
  const words = folded.split(' ').filter((word) => word !== '')
  const weighty = words.filter((word) => !particles.has(word))
  return (weighty.length > 0 ? weighty : words).sort()
}
