import { EmrexError, type AnyState, type Transfer, type TransferKind, type TransferStore } from '@emrex-gateway/core'
import { readBody } from './bodies.js'
import { findTransferId } from './handles.js'
import { newTransferId } from './new-transfer-id.js'
import { removeTransfer } from './remove-transfer.js'
import { placeOfTransfer } from './seal.js'
import type { StoreContext } from './store-context.js'
import { opens } from './unreadable.js'
import { firstPlace, moveCounted, noteBegin } from './write-counted.js'
import { writeEffects } from './write-effects.js'

interface TransferRow {
  readonly id: string
  readonly kind: TransferKind
  readonly entry: string
  readonly version: number
  readonly state: string
  readonly sealed: Uint8Array
  readonly browser: string
  readonly created_at: number
  readonly updated_at: number
  readonly expires_at: number
}

/** The transfers of one kind. A state must survive JSON: plain data, no dates, no bytes. */
export function transferStore<State extends AnyState>(context: StoreContext, kind: TransferKind): TransferStore<State> {
  const { knex, seal, now } = context
  const rows = () => knex<TransferRow>('emrex_transfer')

  const sealState = (id: string, state: State) => seal.seal(placeOfTransfer(id), Buffer.from(JSON.stringify(state)))
  const write = (transfer: Transfer<State>): TransferRow => ({
    id: transfer.id,
    kind,
    entry: transfer.entry,
    version: transfer.version,
    state: transfer.state.state,
    sealed: sealState(transfer.id, transfer.state),
    browser: transfer.browser,
    created_at: transfer.createdAt,
    updated_at: transfer.updatedAt,
    expires_at: transfer.expiresAt,
  })
  const read = (row: TransferRow): Transfer<State> => ({
    id: row.id,
    entry: row.entry,
    version: Number(row.version),
    state: JSON.parse(seal.open(placeOfTransfer(row.id), row.sealed).toString()) as State,
    browser: row.browser,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
    expiresAt: Number(row.expires_at),
  })
  // One that no key opens must not hide the others; `purge` sees to it.
  const readable = (list: readonly TransferRow[]) => list.filter((row) => opens(seal, row)).map(read)

  const store: TransferStore<State> = {
    async create({ entry, state, browser, expiresAt, id = newTransferId() }, effects = {}) {
      const at = now()
      const transfer = { id, entry, version: 1, state, browser, createdAt: at, updatedAt: at, expiresAt }
      await knex.transaction(async (trx) => {
        const place = effects.counted && firstPlace({ kind, entry, at }, effects.counted)
        await trx('emrex_transfer').insert({ ...write(transfer), counted: place ? JSON.stringify(place) : null })
        await writeEffects(context, trx, { id, kind, entry }, effects)
        if (place !== undefined) await noteBegin(trx, place)
      })
      return transfer
    },

    async load(id) {
      // Nobody was given such an id, and PostgreSQL takes no text with a zero in it, not even in a question.
      if (id.includes('\0')) return undefined
      const row = await rows().where({ id, kind }).first()
      return row && read(row)
    },

    async findByHandle(entry, handle) {
      const id = await findTransferId(context, { kind, entry }, handle)
      return id === undefined ? undefined : store.load(id)
    },

    async save(transfer, next, effects = {}) {
      const { id, entry, version } = transfer
      const saved = { ...transfer, ...definedOf(next), version: version + 1, updatedAt: now() }
      await knex.transaction(async (trx) => {
        // The write comes first: on SQLite it takes the lock, so that nothing read afterwards can be stale.
        const changed = await trx<TransferRow>('emrex_transfer').where({ id, kind, version }).update(write(saved))
        if (changed !== 1) throw new EmrexError('TRANSFER_CHANGED')
        await writeEffects(context, trx, { id, kind, entry }, effects)
        if (effects.counted !== undefined) await moveCounted(trx, id, effects.counted)
      })
      return saved
    },

    async list({ entry, states, limit }) {
      const query = rows().select<TransferRow[]>().where({ kind }).whereIn('state', states)
      if (entry !== undefined) query.where({ entry })
      if (limit !== undefined) query.limit(limit)
      return readable(await query.orderBy([{ column: 'created_at', order: 'desc' }, 'id']))
    },

    async expired(at, limit, entry) {
      const of = entry === undefined ? { kind } : { kind, entry }
      const over = () => rows().select<TransferRow[]>().where(of).where('expires_at', '<=', at)
      const found: Transfer<State>[] = []
      for (let offset = 0; found.length < limit; offset += limit) {
        const next = await over().orderBy(['expires_at', 'id']).offset(offset).limit(limit)
        found.push(...readable(next))
        if (next.length < limit) break
      }
      return found.slice(0, limit)
    },

    body: (transferId, name) => readBody(context, transferId, name),

    remove: (id) => removeTransfer(context, { id, kind }),
  }
  return store
}

/** Without the fields that are undefined: those keep what the transfer had. */
function definedOf<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields
}
