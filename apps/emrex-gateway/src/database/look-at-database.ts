import { existsSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { inspectSchema, type SchemaState } from '@emrex-gateway/store'
import { openDatabase, type DatabasePlace } from './open-database.js'

type Knex = Awaited<ReturnType<typeof openDatabase>>

/**
 * For a command that tries the settings, next to a gateway that may be running. Where a start would first make or change
 * tables, an empty database in memory stands for the one that is left as it is.
 *
 * @throws {DatabaseError} in words for an operator.
 */
export async function openToLook(place: DatabasePlace): Promise<Knex> {
  if (isMissing(place)) return openSqlite({ file: ':memory:' })
  const knex = await openDatabase(place, { beside: true })
  const { schema, current } = await inspectSchema(knex)
  if (schema !== undefined && schema >= current) return knex
  await knex.destroy()
  return openSqlite({ file: ':memory:' })
}

/** What there is, and what a start would do with it. @throws {DatabaseError} in words for an operator. */
export async function describeDatabase(place: DatabasePlace): Promise<string> {
  if (isMissing(place)) return 'not there; the first start makes it'
  const knex = await openDatabase(place, { beside: true })
  try {
    return wordsOf(await inspectSchema(knex))
  } finally {
    await knex.destroy()
  }
}

const isMissing = (place: DatabasePlace): boolean => 'file' in place && !existsSync(place.file)

export function wordsOf({ schema, moved, current }: SchemaState): string {
  if (moved) return 'was moved; another database goes on with what is in it'
  if (schema === undefined) return 'empty; `emrex store migrate`, or the first start, makes the tables'
  if (schema < current)
    return `schema ${schema} of ${current}; \`emrex store migrate\`, or the next start, brings it up to date`
  if (schema > current) return `schema ${schema}, made by a newer version; this one knows ${current}`
  return `up to date (schema ${schema})`
}
