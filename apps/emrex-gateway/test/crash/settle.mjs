import { setTimeout as wait } from 'node:timers/promises'

/**
 * A dead process gives its leases back by time; this is how long the tests wait for it. More than a delivery takes on a busy
 * machine: two that are begun at once end neither.
 */
export const leaseSeconds = 5
const patienceMs = 120_000

/**
 * Delivers what was decided before this start, until nothing is left.
 *
 * @param {import('@emrex-gateway/town').Town} town
 */
export async function settle({ gateway, background }) {
  const left = () => gateway.store.transfers('smp').list({ states: ['decided'] })
  for (const end = performance.now() + patienceMs; (await left()).length > 0;) {
    if (performance.now() > end) throw new Error('a decided import is not delivered after a restart')
    await background.deliver()
    await wait(50)
  }
}
