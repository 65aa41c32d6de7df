import type { CountChange } from '../ports/statistics.js'
import type { AnyState, Effects, TransferStore } from '../ports/transfer-store.js'
import type { ReasonCode } from '../reason-codes.js'

/** What a role's states say about where a transfer is counted. */
export interface Counting<State extends AnyState> {
  /** Who is at the other side; nothing while nobody was chosen. */
  readonly partnerOf: (state: State) => Required<Pick<CountChange, 'country' | 'partner'>> | undefined
  /** How it ended; nothing while it is under way. */
  readonly endOf: (state: State) => ReasonCode | undefined
}

const nobody = { country: '', partner: '' }

/**
 * The same store, in which every transfer is counted where it stands: each change of place is written in the transaction of
 * the change of state, so that a count and what it counts cannot be parted, whatever is killed. The first end is the end.
 */
export function countedTransfers<State extends AnyState>(
  store: TransferStore<State>,
  { partnerOf, endOf }: Counting<State>,
): TransferStore<State> {
  const change = (before: State, after: State): CountChange | undefined => {
    if (endOf(before) !== undefined) return undefined
    const code = endOf(after)
    if (code !== undefined) return { code, stage: before.state }
    const [from, to] = [partnerOf(before) ?? nobody, partnerOf(after) ?? nobody]
    return from.partner === to.partner && from.country === to.country ? undefined : to
  }
  const withChange = (effects: Effects | undefined, counted: CountChange | undefined): Effects | undefined =>
    counted === undefined ? effects : { ...effects, counted: { ...effects?.counted, ...counted } }
  return {
    create: (transfer, effects) => store.create(transfer, withChange(effects, partnerOf(transfer.state) ?? nobody)),
    save: (transfer, next, effects) =>
      store.save(transfer, next, withChange(effects, change(transfer.state, next.state))),
    load: (id) => store.load(id),
    findByHandle: (entry, handle) => store.findByHandle(entry, handle),
    list: (filter) => store.list(filter),
    expired: (now, limit, entry) => store.expired(now, limit, entry),
    body: (transferId, name) => store.body(transferId, name),
    remove: (id) => store.remove(id),
  }
}
