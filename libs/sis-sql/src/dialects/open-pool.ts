import knex, { type Knex } from 'knex'
import type { DatabaseAccess } from './sql-dialect.js'

interface RawConnection {
  query(sql: string, done: (error: unknown) => void): void
}
type Done = (error: unknown, raw: unknown) => void

/** The settings of knex that every server shares. `first` prepares a new connection. */
export function openPool(
  { timeoutMs, maxConnections }: DatabaseAccess,
  config: Knex.Config,
  first?: (raw: unknown, done: Done) => void,
): Knex {
  return knex({
    acquireConnectionTimeout: timeoutMs,
    // knex would else write the values, and so personal data, into the messages of errors.
    compileSqlOnError: false,
    // It writes to the console on its own; all that matters comes back as an error.
    log: { debug() {}, deprecate() {}, warn() {}, error() {} },
    pool: { min: 0, max: maxConnections, ...(first === undefined ? {} : { afterCreate: first }) },
    ...config,
  })
}

/** Runs statements on a new connection, one after the other. `otherwise` stands in for one that the server does not know. */
export function runFirst(
  statements: readonly { readonly sql: string; readonly otherwise?: string }[],
): (raw: unknown, done: Done) => void {
  return (raw, done) => {
    const run = (index: number): void => {
      const statement = statements[index]
      if (statement === undefined) return done(undefined, raw)
      const next = (error: unknown) => (error ? done(error, raw) : run(index + 1))
      ask(raw, statement.sql, (error) =>
        error && statement.otherwise !== undefined ? ask(raw, statement.otherwise, next) : next(error),
      )
    }
    run(0)
  }
}

const ask = (raw: unknown, sql: string, done: (error: unknown) => void): void => (raw as RawConnection).query(sql, done)
