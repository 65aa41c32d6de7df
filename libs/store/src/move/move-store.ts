import type { Knex } from 'knex'
import { currentSchema, migrateIn, schemaVersion } from '../migrate.js'
import { Seal, type SealKeys } from '../seal.js'
import { markMoved, refuseMoved } from './moved-mark.js'
import { sourceRows, sourceTables, type SourceTable } from './source-tables.js'
import { TableDigest, type TableContent } from './table-digest.js'
import { goOnCounting, holdsAny, insertRows, lockTables, targetColumns, targetContent } from './target-tables.js'

/** Nothing was moved, for this reason; in words for an operator. */
export class MoveRefusedError extends Error {
  override readonly name = 'MoveRefusedError'
}

export interface MovedTable extends TableContent {
  readonly table: string
}

export interface MoveOptions {
  /** Those of the source. */
  readonly keys: SealKeys
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Told of each table when its copying begins. */
  readonly progress?: (table: string) => void
}

/**
 * Moves everything from a SQLite database to an empty PostgreSQL one: every table that the store has, sealed values as
 * they are. The caller holds the source, so that nobody writes to it.
 *
 * Guaranteed: on the target all of it or nothing, in one transaction; rows and digest of every table were read back from
 * there and are those of the source; nothing in the source is changed but for the mark that it was moved, with which no
 * gateway starts on it any more. Where only the mark was missing, because the process ended right before it, the same
 * call makes up for it.
 *
 * @throws {MoveRefusedError} when the source has another schema, or the target is not empty
 * @throws {StoreMovedError} when it was moved before
 */
export async function moveStore(
  source: Knex,
  target: Knex,
  { keys, now, progress = () => {} }: MoveOptions,
): Promise<readonly MovedTable[]> {
  await refuseMoved(source)
  const schema = await schemaVersion(source)
  if (schema !== currentSchema)
    throw new MoveRefusedError(
      schema === undefined ? 'there is nothing to move' : 'the tables are those of another version; migrate them first',
    )
  const moved = await source.transaction((from) =>
    target.transaction((to) => copyAll(from, to, new Seal(keys), progress)),
  )
  await markMoved(source, now())
  return moved
}

async function copyAll(
  from: Knex.Transaction,
  to: Knex.Transaction,
  seal: Seal,
  progress: (table: string) => void,
): Promise<readonly MovedTable[]> {
  await migrateIn(to, seal)
  const tables = await sourceTables(from)
  demandSameShape(tables, await targetColumns(to))
  const names = tables.map(({ name }) => name)
  await lockTables(to, ['emrex_schema', ...names])
  const there = await holdsAny(to, names)
  const moved: MovedTable[] = []
  for (const table of tables) {
    progress(table.name)
    const digest = new TableDigest()
    for await (const rows of sourceRows(from, table)) {
      rows.forEach((row) => digest.add(row))
      if (!there) await insertRows(to, table, rows)
    }
    if (!there) await goOnCounting(to, table)
    const arrived = await targetContent(to, table)
    if (arrived.rows !== digest.content.rows || arrived.digest !== digest.content.digest)
      throw new MoveRefusedError(
        there
          ? 'the other database is not empty; name one in which no gateway ever ran'
          : `the table ${table.name} did not arrive as it is; nothing was moved`,
      )
    moved.push({ table: table.name, ...arrived })
  }
  return moved
}

/** The same version made both, so that anything else is a table that somebody changed by hand. */
function demandSameShape(tables: readonly SourceTable[], columns: ReadonlyMap<string, readonly string[]>): void {
  const shape = (names: Iterable<readonly [string, readonly string[]]>) =>
    JSON.stringify([...names].map(([name, list]) => [name, [...list].sort()]).sort())
  const ours = tables.map((table) => [table.name, table.columns] as const)
  if (shape(ours) !== shape(columns))
    throw new MoveRefusedError('the two databases do not have the same tables and columns')
}
