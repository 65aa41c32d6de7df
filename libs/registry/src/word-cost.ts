import { typingDistance } from './typing-distance.js'

/** How badly a typed word fits one of some words: 0 = it is one of them, Infinity = it fits none. */
export type WordCost = (words: readonly string[]) => number

/** Remembers what it has compared, because the names of institutions share most of their words. */
export function wordCost(typed: string): WordCost {
  const known = new Map<string, number>()
  return (words) => {
    let least = Infinity
    for (const word of words) {
      const cost = known.get(word) ?? costOf(typed, word)
      known.set(word, cost)
      least = Math.min(least, cost)
    }
    return least
  }
}

/** One mistake is forgiven in four letters, two in six; the beginning of a word counts half a mistake more than the whole. */
function costOf(typed: string, word: string): number {
  if (word === typed) return 0
  if (word.startsWith(typed)) return 0.5
  const forgiven = typed.length >= 6 ? 2 : typed.length >= 4 ? 1 : 0
  if (forgiven === 0 || word.length < typed.length - forgiven) return Infinity
  const { whole, beginning } = typingDistance(typed, word.slice(0, typed.length + forgiven + 1))
  const least = Math.min(whole, beginning + 0.5)
  return least <= forgiven + 0.5 ? least : Infinity
}
