import type { RunningGateway } from '@emrex-gateway/gateway'
import { until } from '@emrex-gateway/testing'

/**
 * Brings what is due to the SISs, until nothing is held any more: what a round that died, or another instance, has in hand is
 * not due before its lease is over.
 */
export function untilDelivered({ gateway, background }: Pick<RunningGateway, 'gateway' | 'background'>): Promise<void> {
  const { jobs } = gateway.store
  return until(async () => {
    await background.deliver()
    const counts = await Promise.all(gateway.smps.map(({ worker }) => jobs.counts(worker.queue)))
    return counts.every(({ running }) => running === 0)
  })
}
