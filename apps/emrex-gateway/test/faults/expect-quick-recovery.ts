import { availableParallelism, loadavg } from 'node:os'
import type { Instance } from './instance.js'

/** The longest that something may take which takes so long at most alone: longer where the machine has much else to do. */
export const patienceFor = (milliseconds: number): number => milliseconds * Math.max(1, loadPerCore())

const loadPerCore = (): number => Math.max(...loadavg()) / availableParallelism()

/**
 * Ready again 30 seconds after each death, without a human; longer only where the machine has much else to do. Says how
 * long it took.
 */
export function expectQuickRecovery(name: string, ...instances: readonly Instance[]): void {
  const all = instances.flatMap(({ recoveriesMs }) => recoveriesMs).sort((a, b) => a - b)
  expect(all.length).toBeGreaterThan(0)
  const [median, longest] = [all[all.length >> 1]!, all.at(-1)!].map(Math.round)
  process.stdout.write(
    `${name}: ${all.length} deaths; ready again after ${median} ms (median), ${longest} ms (longest); load ${loadPerCore().toFixed(1)} per core\n`,
  )
  expect(longest).toBeLessThan(patienceFor(30_000))
}
