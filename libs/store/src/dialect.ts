import { isUnavailable, isUniqueViolation } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { isServerAway } from './postgres/is-server-away.js'

/** Everything in which the two databases differ; nothing else in this package asks which one it talks to. */
export interface Dialect {
  readonly integer: string
  readonly bytes: string
  /** A number that grows with each row, as primary key. */
  readonly serialKey: string
  /** Lets no row be without a value in columns that were added. SQLite cannot, and has no older instance beside it. */
  readonly fillAlways: (table: string, columns: readonly string[]) => readonly string[]
  /** Ends a `create table`. */
  readonly tableEnd: string
  /** Ends the inner select of a claim, so that workers do not wait for one another. */
  readonly skipLocked: string
  /** Rows that are read here stay as they are until the transaction ends. On SQLite nobody else writes anyway. */
  readonly lockRows: <Query extends Knex.QueryBuilder>(query: Query) => Query
  /**
   * Writes two things, as one statement where the database can: others wait for what is written here, and each statement
   * more makes them wait longer.
   */
  readonly both: (first: Knex.QueryBuilder, second: Knex.QueryBuilder) => Promise<void>
  /** A transaction that sees one moment from its first question to its last, whatever others write meanwhile. */
  readonly snapshot: Knex.TransactionConfig
  readonly isUniqueViolation: (error: unknown) => boolean
  /** The question was fine; the database cannot be reached or used at this moment. */
  readonly isAway: (error: unknown) => boolean
  /** Two that make the same table at the same moment, though both say `if not exists`. */
  readonly isTableThere: (error: unknown) => boolean
  /** The rows that a raw statement gave. */
  readonly rowsOf: <Row>(answer: unknown) => Row[]
  /**
   * Until the end of the transaction, no other one is in its turn for the same name. For what must read and then write
   * as one: a write alone makes others wait on SQLite, where there is one writer, and not on PostgreSQL.
   */
  readonly takeTurn: (trx: Knex.Transaction, name: string) => Promise<void>
}

const sqlite: Dialect = {
  integer: 'integer',
  bytes: 'blob',
  serialKey: 'integer primary key autoincrement',
  fillAlways: () => [],
  // Without STRICT SQLite takes text in a number column, and what works here would fail on PostgreSQL.
  tableEnd: 'strict',
  skipLocked: '',
  lockRows: (query) => query,
  both: async (first, second) => {
    await first
    await second
  },
  snapshot: {},
  isUniqueViolation,
  isAway: isUnavailable,
  isTableThere: () => false,
  rowsOf: <Row>(answer: unknown) => answer as Row[],
  takeTurn: async () => {},
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | undefined)?.code
const uniqueViolation = '23505'
const duplicateTable = '42P07'
/** A table is a type as well; which of the two is found to be there is a matter of the moment. */
const duplicateType = '42710'

const postgres: Dialect = {
  integer: 'bigint',
  bytes: 'bytea',
  serialKey: 'bigint generated always as identity primary key',
  fillAlways: (table, columns) => columns.map((column) => `alter table ${table} alter column ${column} set not null`),
  tableEnd: '',
  skipLocked: 'for update skip locked',
  lockRows: <Query extends Knex.QueryBuilder>(query: Query) => query.forUpdate() as Query,
  both: async (first, second) => {
    await second.with('first', first)
  },
  snapshot: { isolationLevel: 'repeatable read', readOnly: true },
  isUniqueViolation: (error) => codeOf(error) === uniqueViolation,
  isAway: isServerAway,
  isTableThere: (error) => [uniqueViolation, duplicateTable, duplicateType].includes(String(codeOf(error))),
  rowsOf: <Row>(answer: unknown) => (answer as { readonly rows: Row[] }).rows,
  takeTurn: async (trx, name) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [name])
  },
}

/** @throws {Error} when knex speaks to a database other than SQLite and PostgreSQL. */
export function dialectOf(knex: Knex): Dialect {
  const name: unknown = (knex.client as { dialect?: unknown }).dialect
  if (name === 'sqlite3') return sqlite
  if (name === 'postgresql') return postgres
  throw new Error(`The store runs on SQLite and PostgreSQL, not on ${String(name)}`)
}
