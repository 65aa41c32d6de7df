import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyState, TransferKind } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Town } from '@emrex-gateway/town'

export interface WholeStore {
  /** The bytes of the database file and of its write-ahead log, byte for character. */
  readonly raw: string
  /** Every state of every transfer and session, opened with the key. */
  readonly opened: string
  /** Every body that is still there, opened with the key, by `state/name`. */
  readonly bodies: Readonly<Record<string, string>>
  /** Transfers, bodies, jobs, handles and audit lines as they stand: two equal texts mean that nothing was changed. */
  readonly rows: string
}

/** Reads everything that the gateway has on disk about its transfers, as its operator could. */
export async function readWholeStore({ folder, gateway }: Town): Promise<WholeStore> {
  const file = join(folder, 'gateway.sqlite')
  const files = [file, `${file}-wal`].filter((name) => existsSync(name))
  const knex = openSqlite({ file, readOnly: true })
  try {
    const transfers = (await knex('emrex_transfer').orderBy('id').select('id', 'kind', 'state', 'version')) as {
      id: string
      kind: TransferKind
      state: string
      version: number
    }[]
    const bodyNames = (await knex('emrex_body').orderBy(['transfer', 'name']).select('transfer', 'name')) as {
      transfer: string
      name: string
    }[]
    const jobs = await knex('emrex_job').orderBy('id').select('id', 'state')
    const handles = await knex('emrex_handle').count()
    const audit = await knex('emrex_audit').count()
    const states = await Promise.all(transfers.map(({ id, kind }) => gateway.store.transfers<AnyState>(kind).load(id)))
    const bodies = await Promise.all(
      bodyNames.map(async ({ transfer, name }) => {
        const { kind, state } = transfers.find(({ id }) => id === transfer)!
        const bytes = await gateway.store.transfers(kind).body(transfer, name)
        return [`${kind} ${state}/${name}`, Buffer.from(bytes ?? []).toString()] as const
      }),
    )
    return {
      raw: files.map((name) => readFileSync(name, 'latin1')).join(''),
      opened: states.map((transfer) => JSON.stringify(transfer?.state)).join('\n'),
      bodies: Object.fromEntries(bodies),
      rows: JSON.stringify({ transfers, bodyNames, jobs, handles, audit }),
    }
  } finally {
    await knex.destroy()
  }
}
