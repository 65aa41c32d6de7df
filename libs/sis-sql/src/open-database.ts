import { existsSync } from 'node:fs'
import knex, { type Knex } from 'knex'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { SisError } from '@emrex-gateway/core'
import type { SqlSettings } from './sql-settings.js'
import { takeTurns } from './take-turns.js'

const poolMax = 4

/** A database that is opened when it is first needed: a SIS that is down must not keep the gateway from starting. */
export interface LazyDatabase {
  open(): Promise<Knex>
  /** All or nothing. */
  transaction<T>(work: (transaction: Knex.Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export function lazyDatabase(
  settings: SqlSettings,
  connection: string,
  resolvePath: (path: string) => string,
): LazyDatabase {
  let opened: Knex | undefined
  const open = async (): Promise<Knex> => (opened ??= openDatabase(settings, connection, resolvePath))
  return {
    open,
    transaction: async (work) => {
      const knex = await open()
      if (settings.client !== 'sqlite') return knex.transaction(work)
      // A driver of SQLite that waits for another connection's lock stops the whole process, that connection included.
      return takeTurns(resolvePath(settings.file), () => knex.transaction(work))
    },
    close: async () => {
      await opened?.destroy()
      opened = undefined
    },
  }
}

function openDatabase(settings: SqlSettings, connection: string, resolvePath: (path: string) => string): Knex {
  if (settings.client === 'pg') {
    const readOnly = settings.target ? '' : 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY'
    const milliseconds = settings.timeoutSeconds * 1000
    return knex({
      client: 'pg',
      connection: { connectionString: settings.connection, statement_timeout: milliseconds },
      acquireConnectionTimeout: milliseconds,
      // knex would else write the values, and so personal data, into the messages of errors.
      compileSqlOnError: false,
      // It writes to the console on its own; all that matters comes back as an error.
      log: { debug() {}, deprecate() {}, warn() {}, error() {} },
      pool: { min: 0, max: poolMax, ...(readOnly === '' ? {} : { afterCreate: runFirst(readOnly) }) },
    })
  }
  const file = resolvePath(settings.file)
  // SQLite would make an empty database out of a wrong path.
  if (!existsSync(file)) throw new SisError('unavailable', 'the database file is not there', { connection })
  return openSqlite({ file, readOnly: !settings.target })
}

interface RawConnection {
  query(sql: string, done: (error: unknown) => void): void
}

const runFirst = (sql: string) => (raw: RawConnection, done: (error: unknown, raw: RawConnection) => void) =>
  raw.query(sql, (error) => done(error, raw))
