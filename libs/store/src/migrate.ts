import type { Knex } from 'knex'
import { demandFittingKey } from './check-seal-key.js'
import { dialectOf } from './dialect.js'
import { firstTables } from './migrations/0001-first-tables.js'
import { logins } from './migrations/0002-logins.js'
import { auditChain } from './migrations/0003-audit-chain.js'
import { limits } from './migrations/0004-limits.js'
import { counts } from './migrations/0005-counts.js'
import { staffLines } from './migrations/0006-staff-lines.js'
import type { Migration, MigrationWork } from './migrations/migration.js'
import { refuseMoved } from './move/moved-mark.js'
import { Seal, type SealKeys } from './seal.js'

/** The database was made by a newer version, which changed its tables. */
export class StoreNewerError extends Error {
  override readonly name = 'StoreNewerError'
  constructor(version: number, known: number) {
    super(`The database has schema ${version}, made by a newer version; this one knows ${known}`)
  }
}

export const migrations: readonly Migration[] = [firstTables, logins, auditChain, limits, counts, staffLines]

/**
 * Brings the tables up to this version of the software, in one transaction: all steps or none. Safe when two processes
 * start at once, and after a kill at any moment.
 *
 * @throws {StoreMovedError} when what was in it lies in another database now.
 * @throws {StoreNewerError} when the database was made by a newer version.
 */
export async function migrate(knex: Knex, seal: Seal, steps: readonly Migration[] = migrations): Promise<void> {
  await refuseMoved(knex)
  // Looked up first: a user who may use the tables and make none can then start what somebody else has migrated.
  const version = await schemaVersion(knex)
  if (version === steps.length) return
  if (version !== undefined) refuseNewer(version, steps)
  await createSchemaTable(knex)
  await knex.transaction((trx) => takeSteps(trx, seal, steps))
}

/**
 * The same within a transaction of the caller's, so that tables and what is put into them come together or not at all.
 * PostgreSQL alone: on SQLite no second process may be waiting for it.
 */
export async function migrateIn(trx: Knex.Transaction, seal: Seal): Promise<void> {
  if ((await schemaVersion(trx)) === currentSchema) return
  await createSchemaTable(trx)
  await takeSteps(trx, seal, migrations)
}

function refuseNewer(version: number, steps: readonly Migration[]): void {
  if (version > steps.length) throw new StoreNewerError(version, steps.length)
}

async function takeSteps(trx: Knex.Transaction, seal: Seal, steps: readonly Migration[]): Promise<void> {
  const dialect = dialectOf(trx)
  // The write comes first: it makes a second process wait here until the first one is through.
  await trx('emrex_schema')
    .where({ id: 1 })
    .update({ version: trx.ref('version') })
  const row = await trx<{ id: number; version: number }>('emrex_schema').where({ id: 1 }).first()
  const version = Number(row?.version)
  refuseNewer(version, steps)
  for (const step of steps.slice(version)) {
    for (const part of step(dialect)) {
      if (typeof part === 'string') await trx.raw(part)
      else await withFittingKey(trx, seal, part)
    }
  }
  await trx('emrex_schema').where({ id: 1 }).update({ version: steps.length })
}

/**
 * Brings the tables of a store up to date, and does nothing else: for an owner of the database, where the gateway's user
 * may make no tables. The keys prove afterwards who linked the lines of evidence that are there.
 *
 * @throws {SealKeyError} when rows are to be changed, and the key does not fit the database.
 * @throws {StoreNewerError} when the database was made by a newer version. @throws {Error} when a key is not 32 bytes long.
 */
export const migrateStore = async (knex: Knex, keys: SealKeys): Promise<void> => migrate(knex, new Seal(keys))

async function withFittingKey(trx: Knex.Transaction, seal: Seal, work: MigrationWork): Promise<void> {
  await demandFittingKey(trx, seal)
  await work(trx, seal)
}

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
