/** Typing mistakes between what was typed and a word, and between it and the beginning of the word that fits it best. */
export interface TypingDistance {
  readonly whole: number
  readonly beginning: number
}

/** Counts letters put in, left out, changed, or swapped with their neighbour. */
export function typingDistance(typed: string, word: string): TypingDistance {
  const width = word.length + 1
  const cost = new Uint16Array((typed.length + 1) * width)
  const at = (row: number, column: number): number => cost[row * width + column] ?? 0
  for (let column = 0; column < width; column += 1) cost[column] = column
  for (let row = 1; row <= typed.length; row += 1) {
    cost[row * width] = row
    for (let column = 1; column < width; column += 1) {
      const changed = typed[row - 1] === word[column - 1] ? 0 : 1
      let least = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + changed)
      const isSwapped =
        row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1]
      if (isSwapped) least = Math.min(least, at(row - 2, column - 2) + 1)
      cost[row * width + column] = least
    }
  }
  const beginnings = cost.subarray(typed.length * width)
  return { whole: at(typed.length, word.length), beginning: Math.min(...beginnings) }
}
