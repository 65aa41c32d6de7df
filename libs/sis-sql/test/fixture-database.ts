import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { importContract, viewContract } from '../src/index.js'

type Row = Readonly<Record<string, string | number | Uint8Array | null>>
export type Rows = { readonly [view in keyof typeof viewContract]?: readonly Row[] }

/** A SQLite file with tables in the place of the views, in a folder of its own. */
export interface FixtureDatabase {
  readonly file: string
  /** Runs statements against the file, from outside the plugin. */
  run(...statements: string[]): Promise<void>
  select(sql: string): Promise<Record<string, unknown>[]>
  remove(): void
}

/** Makes a database that has every view of the contract (or those of `views`) and holds `rows`. */
export async function makeFixtureDatabase(
  rows: Rows,
  views: readonly string[] = Object.keys(viewContract),
): Promise<FixtureDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-sql-'))
  const file = join(folder, 'university.sqlite')
  const knex = openSqlite({ file })
  for (const [view, { columns }] of Object.entries({ ...viewContract, ...importContract })) {
    if (view in viewContract && !views.includes(view)) continue
    const columnList = Object.keys(columns).map((column) => `"${column}"`)
    await knex.raw(`create table emrex_${view} (${columnList.join(', ')}${keyOf(view)})`)
    for (const row of rows[view as keyof Rows] ?? []) await knex(`emrex_${view}`).insert(row)
  }
  await knex.destroy()

  const select = async (sql: string): Promise<Record<string, unknown>[]> => {
    const outside = openSqlite({ file })
    try {
      return await outside.raw(sql)
    } finally {
      await outside.destroy()
    }
  }
  return {
    file,
    select,
    run: async (...statements) => {
      for (const statement of statements) await select(statement)
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}

const keyOf = (view: string): string =>
  view === 'import'
    ? ', primary key (delivery_id)'
    : view === 'import_item'
      ? ', primary key (delivery_id, item_no)'
      : ''
