import type { Knex } from 'knex'
import type { Dialect } from '../dialect.js'
import type { Seal } from '../seal.js'

/** What SQL alone cannot do to the rows that are there, in the transaction of the migration. */
export type MigrationWork = (trx: Knex.Transaction, seal: Seal) => Promise<void>

/** One step of the schema: its statements, in order. A step that was released is never changed, only followed. */
export type Migration = (dialect: Dialect) => readonly (string | MigrationWork)[]
