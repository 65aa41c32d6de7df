import type { Knex } from 'knex'
import { fitsSealKey } from './check-seal-key.js'
import { currentSchema, schemaVersion } from './migrate.js'
import { movedTable } from './move/moved-mark.js'
import { Seal, type SealKeys } from './seal.js'

export interface SchemaState {
  /** Absent when the database is empty. */
  readonly schema?: number
  /** What lay in it goes on in another database. */
  readonly moved: boolean
  /** The schema of this version of the software. */
  readonly current: number
}

export interface StoreState extends SchemaState {
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
  'limit',
]

/** How far the tables of a database are, without changing it. */
export async function inspectSchema(knex: Knex): Promise<SchemaState> {
  const schema = await schemaVersion(knex)
  const moved = await knex.schema.hasTable(movedTable)
  return { ...(schema === undefined ? {} : { schema }), moved, current: currentSchema }
}

/** What lies in a database, without changing it. */
export async function inspectStore(knex: Knex, keys: SealKeys): Promise<StoreState> {
  const state = await inspectSchema(knex)
  if (state.schema !== currentSchema) return { ...state, counts: {} }
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const [row] = await knex(`emrex_${table}`).count<{ number: number | string }[]>({ number: '*' })
    counts[table] = Number(row?.number)
  }
  const fits = await fitsSealKey(knex, new Seal(keys))
  return { ...state, counts, ...(fits === undefined ? {} : { keyFits: fits }) }
}
