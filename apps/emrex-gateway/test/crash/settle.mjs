import { setTimeout as wait } from 'node:timers/promises'

/** A dead process gives its leases back by time; this is how long the tests wait for it. */
export const leaseSeconds = 1

/**
 * Delivers what was decided before this start, until nothing is left.
 *
 * @param {import('@emrex-gateway/town').Town} town
 */
export async function settle({ gateway, background }) {
  const left = () => gateway.store.transfers('smp').list({ states: ['decided'] })
  for (let look = 0; (await left()).length > 0; look++) {
    if (look === 200) throw new Error('a decided import is not delivered after a restart')
    await background.deliver()
    await wait(50)
  }
}
