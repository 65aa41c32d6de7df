import type { AnyState, Effects, GatewayStore, Transfer, TransferKind, TransferStore } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'
import type { NcpWatch } from './ncp-watch.js'
import type { RetentionLedger } from './retention-ledger.js'
import type { StoreWatch } from './store-watch.js'

export interface StoreObservers {
  readonly metrics: Metrics
  readonly ledger: RetentionLedger
  readonly ncps: NcpWatch
  readonly health: StoreWatch
}

/**
 * The same store; what passes through it is counted: states, logins, ends at NCPs, what was deleted, and writes that fail
 * because there is no room. A change that was not kept counts for nothing.
 */
export function observedStore<Store extends GatewayStore>(store: Store, observers: StoreObservers): Store {
  return {
    ...store,
    transfers: <State extends AnyState>(kind: TransferKind) =>
      observedTransfers(store.transfers<State>(kind), kind, observers),
    async purge(now: number) {
      const purged = await store.purge(now)
      const { unreadable = 0, unreadableKept: _stays, ...gone } = purged
      for (const [kind, count] of Object.entries(gone)) observers.ledger.note(kind, count)
      observers.ledger.note('unreadable transfers', unreadable)
      return purged
    },
  }
}

function observedTransfers<State extends AnyState>(
  store: TransferStore<State>,
  role: TransferKind,
  { metrics, ledger, ncps, health }: StoreObservers,
): TransferStore<State> {
  const changed = ({ entry, state }: Transfer<State>, { audit = [] }: Effects) => {
    const code = codeOf(state)
    metrics.transfers.inc({ role, entry, state: state.state, code })
    for (const { event, code: outcome = 'ok', facts } of audit)
      if (event === 'login.completed' || event === 'login.failed')
        metrics.logins.inc({ role, entry, login: `${facts?.['provider'] ?? ''}`, outcome })
  }
  return {
    async create(transfer, effects = {}) {
      const created = await health.writing(() => store.create(transfer, effects))
      changed(created, effects)
      return created
    },
    async save(transfer, next, effects = {}) {
      const saved = await health.writing(() => store.save(transfer, next, effects))
      if (saved.state.state !== transfer.state.state) {
        const labels = { role, entry: transfer.entry, state: transfer.state.state }
        metrics.stepSeconds.observe(labels, Math.max(0, saved.updatedAt - transfer.updatedAt) / 1000)
        changed(saved, effects)
        if (role === 'smp') ncps.moved(transfer.state, saved.state)
      }
      return saved
    },
    async remove(id) {
      await store.remove(id)
      ledger.note(`${role} transfers`)
    },
    load: (id) => store.load(id),
    findByHandle: (entry, handle) => store.findByHandle(entry, handle),
    list: (filter) => store.list(filter),
    expired: (now, limit, entry) => store.expired(now, limit, entry),
    body: (transferId, name) => store.body(transferId, name),
  }
}

const codeOf = (state: AnyState): string => ('code' in state && typeof state.code === 'string' ? state.code : '')
