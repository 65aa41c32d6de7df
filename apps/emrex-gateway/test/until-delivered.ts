import type { RunningGateway } from '@emrex-gateway/gateway'
import { until } from '@emrex-gateway/testing'

/**
 * Brings what is due to the SISs. What the gateway's own round has begun is not due any more, and not there yet: waits for
 * that, too.
 */
export function untilDelivered({ gateway, background }: Pick<RunningGateway, 'gateway' | 'background'>): Promise<void> {
  const { jobs } = gateway.store
  return until(async () => {
    await background.deliver()
    const counts = await Promise.all(gateway.smps.map(({ worker }) => jobs.counts(worker.queue)))
    return counts.every(({ running }) => running === 0)
  })
}
