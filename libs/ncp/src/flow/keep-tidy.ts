import {
  defaults,
  errorFacts,
  reasonOf,
  referenceOf,
  silentLog,
  type GatewayStore,
  type Log,
} from '@emrex-gateway/core'
import type { NcpFlow } from './ncp-flow.js'

const batch = 100

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
    for (const flow of flows) await expireDue(flow, now(), log)
    await store.purge(now().getTime())
  }
  const run = () => void tidy().catch((error: unknown) => log.error('tidy.failed', errorFacts(error)))
  const timer = setInterval(run, defaults.tidySeconds * 1000)
  timer.unref()
  run()
  return () => clearInterval(timer)
}

/** Some at a time, until none is left. */
async function expireDue(flow: NcpFlow, now: Date, log: Log): Promise<void> {
  const entry = flow.entry.id
  // Each is met once in a round. One that cannot end must not keep the others from ending.
  const met = new Set<string>()
  const stuck = new Set<string>()
  for (;;) {
    // Asked for by entry: those of others, which stay, would hide our own behind them.
    const over = await flow.transfers.expired(now.getTime(), batch + stuck.size, entry)
    // A store of an embedder may give those of all entries.
    const due = over.filter((transfer) => transfer.entry === entry && !met.has(transfer.id))
    if (due.length === 0) return
    for (const transfer of due) {
      met.add(transfer.id)
      try {
        await flow.expire(transfer)
      } catch (error) {
        stuck.add(transfer.id)
        // Somebody was faster: the person, or another instance.
        if (reasonOf(error) === 'TRANSFER_CHANGED') continue
        log.error('transfer.stuck', { entry, reference: referenceOf(transfer.id), ...errorFacts(error) })
      }
    }
  }
}
