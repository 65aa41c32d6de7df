import type { Knex } from 'knex'

/** Not one of the tables that hold something: it is there only in a database that was moved. */
export const movedTable = 'emrex_moved'

/** The database was moved to another one, which goes on with what is in it. */
export class StoreMovedError extends Error {
  override readonly name = 'StoreMovedError'
  constructor(at: Date) {
    super(
      `What is in this database was moved to another one on ${at.toISOString()}, which goes on with it; ` +
        'started on both, imports would be done twice. Name the new one in the settings',
    )
  }
}

/** @throws {StoreMovedError} when the database was moved. */
export async function refuseMoved(knex: Knex): Promise<void> {
  if (!(await knex.schema.hasTable(movedTable))) return
  const row = await knex<{ at: number }>(movedTable).first()
  throw new StoreMovedError(new Date(Number(row?.at ?? 0)))
}

/** Notes that the database was moved, in one statement or not at all. */
export async function markMoved(source: Knex, at: number): Promise<void> {
  await source.transaction(async (trx) => {
    await trx.raw(`create table ${movedTable} (at integer not null) strict`)
    await trx(movedTable).insert({ at })
  })
}
