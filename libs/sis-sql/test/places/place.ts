import type { Knex } from 'knex'
import type { SisUnderTest } from '@emrex-gateway/testing/contracts'
import type { SqlRows } from '@emrex-gateway/testing'
import { dialectOf } from '../../src/dialects/dialect-of.js'
import { ddlStatements, viewContract, type SqlClient, type ViewName } from '../../src/index.js'

export type Scenario = Parameters<SisUnderTest['is']>[0]

/** A database of one kind that holds the population behind views, and empty import tables; with an owner and users. */
export interface Place {
  readonly client: SqlClient
  /** The owner's own connection. */
  readonly owner: Knex
  /**
   * Somebody who may read the views, and who imports may also write into the two tables; of another prefix where one is
   * named, and then of these views.
   */
  user(role: 'reader' | 'importer', other?: { prefix: string; views: readonly string[] }): Promise<PlaceUser>
  /** Makes the database refuse the third item of a delivery; undone by what it gives. */
  refuseThirdItem(): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface PlaceUser {
  readonly name: string
  /** For `sqlSettings`. */
  readonly settings: Readonly<Record<string, unknown>>
  is(scenario: Scenario): Promise<void>
  /** Undoes what `is` did. */
  close(): Promise<void>
}

/** Tables of the owner, and views over them; every column of the contract is there, and all are text or bytes. */
export async function makeViews(
  owner: Knex,
  client: SqlClient,
  rows: Partial<SqlRows>,
  prefix = 'emrex_',
): Promise<void> {
  const { words } = dialectOf(client)
  for (const [view, { columns }] of Object.entries(viewContract)) {
    const table = dataOf(view as ViewName, prefix)
    const list = Object.entries(columns).map(([name, { kind }]) => `${words.quote(name)} ${words.type[kind]}`)
    await owner.raw(`create table ${words.quote(table)} (${list.join(', ')})`)
    for (const row of rows[view as ViewName] ?? []) await owner(table).insert(row)
    await owner.raw(`create view ${words.quote(prefix + view)} as select * from ${words.quote(table)}`)
  }
}

/** The table behind a view. */
export const dataOf = (view: ViewName, prefix = 'emrex_'): string => `${prefix}data_${view}`

/** The two import tables as the generator of statements makes them. */
export async function makeImportTables(owner: Knex, client: SqlClient, prefix = 'emrex_'): Promise<void> {
  for (const statement of ddlStatements(client, prefix))
    if (statement.includes('create table')) await owner.raw(statement)
}
