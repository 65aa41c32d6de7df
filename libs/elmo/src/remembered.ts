interface Bounds {
  readonly maxEntries: number
  /** Longer texts are not remembered. */
  readonly maxLength: number
}

/**
 * A function of a text that remembers its last answers, the least recently used forgotten first: a service meets the same
 * few certificates all day. What was thrown is not remembered.
 */
export function remembered<T>(make: (text: string) => T, { maxEntries, maxLength }: Bounds): (text: string) => T {
  const answers = new Map<string, T>()
  return (text) => {
    if (text.length > maxLength) return make(text)
    const known = answers.get(text)
    const answer = known ?? make(text)
    // Behind all others, as the one used last.
    if (known !== undefined) answers.delete(text)
    answers.set(text, answer)
    if (answers.size > maxEntries) answers.delete(answers.keys().next().value as string)
    return answer
  }
}
