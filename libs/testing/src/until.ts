import { setTimeout as wait } from 'node:timers/promises'

/**
 * Looks again and again until it is so, however busy the machine is.
 *
 * @param how.everyMs between two looks
 * @param how.longestMs ends what never comes; a machine that does much else too gets there before
 * @throws {Error} when it never is
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  { everyMs = 20, longestMs = 60_000 }: { readonly everyMs?: number; readonly longestMs?: number } = {},
): Promise<void> {
  const end = performance.now() + longestMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`in ${longestMs / 1000} s it was never so: ${String(isSo)}`)
    await wait(everyMs)
  }
}
