/** The pairs of equal letters that are not further apart than half the longer word, in both orders. */
function commonLetters(a: string, b: string): { fromA: string[]; fromB: string[] } {
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1)
  const taken = new Set<number>()
  const fromA: string[] = []
  for (let i = 0; i < a.length; i++) {
    for (let j = Math.max(0, i - window); j <= Math.min(b.length - 1, i + window); j++) {
      if (a[i] !== b[j] || taken.has(j)) continue
      taken.add(j)
      fromA.push(a[i]!)
      break
    }
  }
  return { fromA, fromB: [...taken].sort((x, y) => x - y).map((j) => b[j]!) }
}

/**
 * Jaro-Winkler similarity: 1 for equal words, 0 for words without a common letter; a common beginning of up to four
 * letters counts extra (0.1 each). Symmetric.
 *
 * Spec: W. E. Winkler, "String Comparator Metrics and Enhanced Decision Rules" (1990).
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1
  const { fromA, fromB } = commonLetters(a, b)
  const common = fromA.length
  if (common === 0) return 0
  const transposed = fromA.filter((letter, i) => letter !== fromB[i]).length / 2
  const jaro = (common / a.length + common / b.length + (common - transposed) / common) / 3
  let prefix = 0
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++
  return jaro + prefix * 0.1 * (1 - jaro)
}
