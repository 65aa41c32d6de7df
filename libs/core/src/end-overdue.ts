import { errorFacts } from './error-facts.js'
import { reasonOf } from './emrex-error.js'
import { referenceOf } from './logged-transfers.js'
import type { Log } from './ports/log.js'
import type { AnyState, Transfer, TransferStore } from './ports/transfer-store.js'

/** How many are read at a time. */
const batch = 100

export interface EndOverdueOptions {
  readonly log: Log
  /** Milliseconds since 1970, asked before each batch. */
  readonly now: () => number
  /** Only those of this entry: those of others, which stay, would hide them behind themselves. */
  readonly entry?: string
  /** No more batches once it is aborted. */
  readonly stopping?: AbortSignal
}

/**
 * Ends every transfer whose time has run out, some at a time until none is left: after a busy hour more are over than in
 * many rounds of this. One that cannot end keeps no other from ending, and is told to the log as `transfer.stuck`.
 */
export async function endOverdue<State extends AnyState>(
  transfers: Pick<TransferStore<State>, 'expired'>,
  end: (transfer: Transfer<State>) => Promise<void>,
  { log, now, entry, stopping }: EndOverdueOptions,
): Promise<void> {
  // Each is met once in a round.
  const met = new Set<string>()
  const stuck = new Set<string>()
  for (;;) {
    const over = await transfers.expired(now(), batch + stuck.size, entry)
    // A store of an embedder may give those of all entries.
    const due = over.filter((transfer) => !met.has(transfer.id) && (entry === undefined || transfer.entry === entry))
    if (due.length === 0) return
    for (const transfer of due) {
      met.add(transfer.id)
      try {
        await end(transfer)
      } catch (error) {
        stuck.add(transfer.id)
        const code = reasonOf(error)
        // Somebody was faster: the person, or another instance.
        if (code === 'TRANSFER_CHANGED') continue
        const which = { entry: transfer.entry, reference: referenceOf(transfer.id) }
        log.error('transfer.stuck', { ...which, code, ...errorFacts(error) })
      }
    }
    if (stopping?.aborted === true) return
  }
}
