import { defaults, errorFacts, reasonOf, silentLog, type GatewayStore, type Log } from '@emrex-gateway/core'
import type { NcpFlow } from './ncp-flow.js'

const batch = 100

/**
 * Ends transfers whose time has run out, and removes what was kept for them, every half minute until the returned function
 * is called. It does not keep the process alive. Several instances on one database may each do it.
 */
export function keepTidy(
  flows: readonly NcpFlow[],
  { store, log = silentLog, now = () => new Date() }: { store: GatewayStore; log?: Log; now?: () => Date },
): () => void {
  const tidy = async (): Promise<void> => {
    for (const flow of flows) await expireDue(flow, now())
    await store.purge(now().getTime())
  }
  const run = () => void tidy().catch((error: unknown) => log.error('tidy.failed', errorFacts(error)))
  const timer = setInterval(run, defaults.tidySeconds * 1000)
  timer.unref()
  run()
  return () => clearInterval(timer)
}

async function expireDue(flow: NcpFlow, now: Date): Promise<void> {
  for (const transfer of await flow.transfers.expired(now.getTime(), batch)) {
    if (transfer.entry !== flow.entry.id) continue
    try {
      await flow.expire(transfer)
    } catch (error) {
      // Somebody was faster: the person, or another instance.
      if (reasonOf(error) !== 'TRANSFER_CHANGED') throw error
    }
  }
}
