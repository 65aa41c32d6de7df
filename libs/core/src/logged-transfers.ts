import type { Log } from './ports/log.js'
import type { AnyState, Transfer, TransferKind, TransferStore } from './ports/transfer-store.js'

/** The part of a transfer's id that people may quote: on pages, in logs, on the phone. It opens nothing. */
export const referenceOf = (transferId: string): string => transferId.slice(0, 8)

/** The same store, with one log line per change of state. */
export function loggedTransfers<State extends AnyState>(
  store: TransferStore<State>,
  kind: TransferKind,
  log: Log,
): TransferStore<State> {
  const line = (transfer: Transfer<State>, from: string) => {
    const code = 'code' in transfer.state && typeof transfer.state.code === 'string' ? transfer.state.code : undefined
    log.info('transfer.changed', {
      kind,
      entry: transfer.entry,
      reference: referenceOf(transfer.id),
      from,
      to: transfer.state.state,
      ...(code === undefined ? {} : { code }),
    })
  }
  return {
    async create(transfer, effects) {
      const created = await store.create(transfer, effects)
      line(created, 'none')
      return created
    },
    async save(transfer, next, effects) {
      const saved = await store.save(transfer, next, effects)
      if (saved.state.state !== transfer.state.state) line(saved, transfer.state.state)
      return saved
    },
    async remove(id) {
      await store.remove(id)
      log.info('transfer.removed', { kind, reference: referenceOf(id) })
    },
    load: (id) => store.load(id),
    findByHandle: (entry, handle) => store.findByHandle(entry, handle),
    list: (filter) => store.list(filter),
    expired: (now, limit, entry) => store.expired(now, limit, entry),
    body: (transferId, name) => store.body(transferId, name),
  }
}
