import { isUniqueViolation } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'

/** Everything in which the two databases differ; nothing else in this package asks which one it talks to. */
export interface Dialect {
  readonly integer: string
  readonly bytes: string
  /** A number that grows with each row, as primary key. */
  readonly serialKey: string
  /** Ends a `create table`. */
  readonly tableEnd: string
  /** Ends the inner select of a claim, so that workers do not wait for one another. */
  readonly skipLocked: string
  readonly isUniqueViolation: (error: unknown) => boolean
}

const sqlite: Dialect = {
  integer: 'integer',
  bytes: 'blob',
  serialKey: 'integer primary key autoincrement',
  // Without STRICT SQLite takes text in a number column, and what works here would fail on PostgreSQL.
  tableEnd: 'strict',
  skipLocked: '',
  isUniqueViolation,
}

const postgres: Dialect = {
  integer: 'bigint',
  bytes: 'bytea',
  serialKey: 'bigint generated always as identity primary key',
  tableEnd: '',
  skipLocked: 'for update skip locked',
  isUniqueViolation: (error) => (error as { code?: unknown } | undefined)?.code === '23505',
}

/** @throws {Error} when knex speaks to a database other than SQLite and PostgreSQL. */
export function dialectOf(knex: Knex): Dialect {
  const name: unknown = (knex.client as { dialect?: unknown }).dialect
  if (name === 'sqlite3') return sqlite
  if (name === 'postgresql') return postgres
  throw new Error(`The store runs on SQLite and PostgreSQL, not on ${String(name)}`)
}
