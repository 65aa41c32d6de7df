import { setTimeout as wait } from 'node:timers/promises'

/** Sockets, servers, files, child processes and timers that keep the process alive, by kind. */
export function resourcesInUse(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Waits some seconds for what closes by and by; gives what is still open beyond `before`. */
export async function untilResources(before: ReadonlyMap<string, number>): Promise<string[]> {
  let left: string[] = []
  for (let round = 0; round < 40; round++) {
    left = [...resourcesInUse()].filter(([kind, count]) => count > (before.get(kind) ?? 0)).map(([kind]) => kind)
    if (left.length === 0) return left
    await wait(200)
  }
  return left
}
