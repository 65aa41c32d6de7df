import { setTimeout as wait } from 'node:timers/promises'

/** Less than jest lets a test take; only what is broken takes as long. */
const patienceMs = 25_000

/**
 * Looks again and again until it is so, however busy the machine is, and tells whether it came to that: what a test
 * expects, it says afterwards.
 */
export async function until(isSo: () => boolean | Promise<boolean>, longestMs = patienceMs): Promise<boolean> {
  const end = performance.now() + longestMs
  while (!(await isSo())) {
    if (performance.now() > end) return false
    await wait(50)
  }
  return true
}
