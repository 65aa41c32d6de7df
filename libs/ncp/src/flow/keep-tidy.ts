import { defaults, endOverdue, errorFacts, silentLog, type GatewayStore, type Log } from '@emrex-gateway/core'
import type { NcpFlow } from './ncp-flow.js'

/**
 * Ends transfers whose time has run out, and removes what was kept for them, every half minute until the returned function
 * is called. It does not keep the process alive. Several instances on one database may each do it. Transfers of an entry
 * that is not among `flows` are left to whoever serves it.
 */
export function keepTidy(
  flows: readonly NcpFlow[],
  { store, log = silentLog, now = () => new Date() }: { store: GatewayStore; log?: Log; now?: () => Date },
): () => void {
  const tidy = async (): Promise<void> => {
    for (const flow of flows) {
      const options = { log, now: () => now().getTime(), entry: flow.entry.id }
      await endOverdue(flow.transfers, (transfer) => flow.expire(transfer), options)
    }
    await store.purge(now().getTime())
  }
  const run = () => void tidy().catch((error: unknown) => log.error('tidy.failed', errorFacts(error)))
  const timer = setInterval(run, defaults.tidySeconds * 1000)
  timer.unref()
  run()
  return () => clearInterval(timer)
}
