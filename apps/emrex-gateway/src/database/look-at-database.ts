import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { inspectSchema, type SchemaState } from '@emrex-gateway/store'
import { isMissing, openDatabase, type DatabasePlace } from './open-database.js'

/**
 * For a command that tries the settings, next to a gateway that may be running. Where a start would first make or change
 * tables, an empty database in memory stands for the one that is left as it is.
 *
 * @throws {DatabaseError} in words for an operator.
 */
export async function openToLook(place: DatabasePlace): ReturnType<typeof openDatabase> {
  const state = await schemaOf(place)
  const isMade = state?.schema !== undefined && state.schema >= state.current
  return isMade ? openDatabase(place, { beside: true }) : openSqlite({ file: ':memory:' })
}

/** What there is, and what a start would do with it. @throws {DatabaseError} in words for an operator. */
export async function describeDatabase(place: DatabasePlace): Promise<string> {
  const state = await schemaOf(place)
  return state === undefined ? 'not there; the first start makes it' : describeSchema(state)
}

/** Undefined where there is no file. */
async function schemaOf(place: DatabasePlace): Promise<SchemaState | undefined> {
  if (isMissing(place)) return undefined
  const knex = await openDatabase(place, { beside: true })
  try {
    return await inspectSchema(knex)
  } finally {
    await knex.destroy()
  }
}

export function describeSchema({ schema, moved, current }: SchemaState): string {
  if (moved) return 'was moved; another database goes on with what is in it'
  if (schema === undefined) return 'empty; `emrex store migrate`, or the first start, makes the tables'
  if (schema < current)
    return `schema ${schema} of ${current}; \`emrex store migrate\`, or the next start, brings it up to date`
  if (schema > current) return `schema ${schema}, made by a newer version; this one knows ${current}`
  return `up to date (schema ${schema})`
}
