import type { Knex } from 'knex'
import { dialectOf } from './dialect.js'
import { firstTables } from './migrations/0001-first-tables.js'
import { logins } from './migrations/0002-logins.js'
import { refuseMoved } from './move/moved-mark.js'
import type { Migration } from './migrations/migration.js'

export const migrations: readonly Migration[] = [firstTables, logins]

/**
 * Brings the tables up to this version of the software, in one transaction: all steps or none. Safe when two processes
 * start at once, and after a kill at any moment.
 *
 * @throws {StoreMovedError} when what was in it lies in another database now.
 * @throws {Error} when the database was made by a newer version.
 */
export async function migrate(knex: Knex, steps: readonly Migration[] = migrations): Promise<void> {
  await refuseMoved(knex)
  // Looked up first: a user who may use the tables and make none can then start what somebody else has migrated.
  if ((await schemaVersion(knex)) === steps.length) return
  await createSchemaTable(knex)
  await knex.transaction((trx) => takeSteps(trx, steps))
}

/**
 * The same within a transaction of the caller's, so that tables and what is put into them come together or not at all.
 * PostgreSQL alone: on SQLite no second process may be waiting for it.
 */
export async function migrateIn(trx: Knex.Transaction): Promise<void> {
  if ((await schemaVersion(trx)) === currentSchema) return
  await createSchemaTable(trx)
  await takeSteps(trx, migrations)
}

async function takeSteps(trx: Knex.Transaction, steps: readonly Migration[]): Promise<void> {
  const dialect = dialectOf(trx)
  // The write comes first: it makes a second process wait here until the first one is through.
  await trx('emrex_schema')
    .where({ id: 1 })
    .update({ version: trx.ref('version') })
  const row = await trx<{ id: number; version: number }>('emrex_schema').where({ id: 1 }).first()
  const version = Number(row?.version)
  if (version > steps.length) {
    throw new Error(`The database has schema ${version}, made by a newer version; this one knows ${steps.length}`)
  }
  for (const step of steps.slice(version)) {
    for (const statement of step(dialect)) await trx.raw(statement)
  }
  await trx('emrex_schema').where({ id: 1 }).update({ version: steps.length })
}

/**
 * Brings the tables of a store up to date, and does nothing else: for an owner of the database, where the gateway's user
 * may make no tables.
 *
 * @throws {Error} when the database was made by a newer version.
 */
export const migrateStore = (knex: Knex): Promise<void> => migrate(knex)

/** The schema that the database has; undefined when it is empty, or not to be used yet. Changes nothing. */
export async function schemaVersion(knex: Knex): Promise<number | undefined> {
  if (!(await knex.schema.hasTable('emrex_schema'))) return undefined
  const row = await knex<{ id: number; version: number }>('emrex_schema').where({ id: 1 }).first()
  return row && Number(row.version)
}

/** The schema that this version of the software works with. */
export const currentSchema = migrations.length

async function createSchemaTable(knex: Knex): Promise<void> {
  const { integer, tableEnd, isTableThere } = dialectOf(knex)
  const create = `create table if not exists emrex_schema (id ${integer} primary key, version ${integer} not null) ${tableEnd}`
  await knex.raw(create).catch((error: unknown) => {
    // PostgreSQL lets two processes race for the same name; the loser finds the table made.
    if (!isTableThere(error)) throw error
  })
  await knex('emrex_schema').insert({ id: 1, version: 0 }).onConflict('id').ignore()
}
