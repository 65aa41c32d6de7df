import type { Knex } from 'knex'
import { fitsSealKey } from './check-seal-key.js'
import { currentSchema, schemaVersion } from './migrate.js'
import { movedTable } from './move/moved-mark.js'
import { Seal } from './seal.js'

export interface StoreState {
  /** Absent when the database is empty. */
  readonly schema?: number
  /** What lay in it goes on in another database. */
  readonly moved: boolean
  /** The schema of this version of the software. */
  readonly current: number
  /** Absent when no gateway has used it yet. */
  readonly keyFits?: boolean
  /** Rows by table; nothing when the schema is another one. */
  readonly counts: Readonly<Record<string, number>>
}

const tables = [
  'transfer',
  'handle',
  'body',
  'job',
  'audit',
  'copy',
  'once',
  'link',
  'attempt',
  'audit_head',
  'audit_checkpoint',
  'count',
  'count_note',
]

/** What lies in a database, without changing it. `keys` are those that may open it, the present one first. */
export async function inspectStore(knex: Knex, keys: readonly Uint8Array[]): Promise<StoreState> {
  const schema = await schemaVersion(knex)
  const moved = await knex.schema.hasTable(movedTable)
  if (schema !== currentSchema)
    return { ...(schema === undefined ? {} : { schema }), moved, current: currentSchema, counts: {} }
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const [row] = await knex(`emrex_${table}`).count<{ number: number | string }[]>({ number: '*' })
    counts[table] = Number(row?.number)
  }
  const [key, ...previousKeys] = keys
  const fits = key === undefined ? undefined : await fitsSealKey(knex, new Seal({ key, previousKeys }))
  return { schema, moved, current: currentSchema, counts, ...(fits === undefined ? {} : { keyFits: fits }) }
}
