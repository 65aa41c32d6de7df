import { setTimeout as wait } from 'node:timers/promises'

/** Ends what never comes; a machine that does much else too gets there before. */
const patienceMs = 60_000

/** Looks again and again until it is so. @throws {Error} when it never is */
export async function until(isSo: () => boolean | Promise<boolean>, betweenLooksMs = 20): Promise<void> {
  const end = performance.now() + patienceMs
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`in ${patienceMs / 1000} s it was never so: ${String(isSo)}`)
    await wait(betweenLooksMs)
  }
}
