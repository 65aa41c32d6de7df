/** Message, stack, info and causes of an error: all that a careless log would write. */
export function everyWord(error: unknown): string {
  const seen: string[] = []
  for (let next = error; next instanceof Error; next = next.cause)
    seen.push(next.message, next.stack ?? '', JSON.stringify(next))
  return seen.join('\n')
}

export function expectNothingPersonal(texts: readonly string[], personalData: readonly string[]): void {
  for (const text of texts) for (const word of personalData) expect(text).not.toContain(word)
}
