const last = new Map<string, Promise<unknown>>()

/**
 * Runs pieces of work on the same thing one after the other, in the order of the calls, within this process. A piece
 * that fails holds nobody up.
 */
export function takeTurns<T>(thing: string, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(thing) ?? Promise.resolve()).then(work, work)
  last.set(thing, mine)
  return mine
}
