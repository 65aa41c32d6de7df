import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import knex, { type Knex } from 'knex'
import { chooseDriver } from './choose-driver.js'
import { holdFile } from './hold-file.js'
import { isLocked } from './is-unavailable.js'
import { keepStatements } from './keep-statements.js'
import type { SqliteDatabase, SqliteDriver } from './sqlite-driver.js'
import { sqliteDriverNames, trialOf, type SqliteDriverName } from './sqlite-drivers.js'

export interface SqliteOptions {
  /** Path of the database file, or `:memory:`. A missing file is made, unless `readOnly`. */
  readonly file: string
  /** Refuse every write through this connection. */
  readonly readOnly?: boolean
  /** Refuse to open while another process has the file open in this way; until `destroy`. */
  readonly soleWriter?: boolean
  /** How long a query waits for somebody else who holds the file; milliseconds, 5 seconds unless told otherwise. */
  readonly patienceMilliseconds?: number
  /** Demand this driver; absent = the first that loads. */
  readonly driver?: SqliteDriverName
}

/**
 * Opens a SQLite file behind knex.
 *
 * Guaranteed on every driver: a commit is on the disk when its promise resolves (WAL, synchronous=FULL); foreign keys
 * are enforced; blobs come back as `Uint8Array`; error messages hold the SQL without its values; a file that this
 * function makes is readable by its owner alone; a query that waits for somebody else who holds the file holds up nothing
 * but this connection. There is exactly one connection, so inside a transaction every query
 * must go through `trx`: one on the outer knex would wait for itself.
 *
 * @throws {SqliteDriverError} SQLITE_NO_DRIVER
 * @throws {SqliteInUseError} SQLITE_IN_USE, with `soleWriter`.
 * @throws {Error} when the file cannot be made, or is absent with `readOnly`.
 */
export function openSqlite(options: SqliteOptions): Knex {
  const { file, readOnly = false, soleWriter = false, patienceMilliseconds = 5000, driver } = options
  const names = driver === undefined ? sqliteDriverNames : [driver]
  const chosen = chooseDriver(lazily(names))
  if (file !== ':memory:') prepareFile(file, readOnly)
  const letGo = soleWriter ? holdFile(file, chosen) : () => {}
  return knex({
    client: clientFor(keepStatements(chosen), patienceMilliseconds, letGo),
    connection: { filename: file },
    useNullAsDefault: true,
    // knex would else write the values, and so personal data, into the messages of errors.
    compileSqlOnError: false,
    // It writes to the standard output on its own; all that matters comes back as an error.
    log: { debug() {}, deprecate() {}, warn() {}, error() {} },
    pool: { min: 1, max: 1, afterCreate: (database: SqliteDatabase, done: Done) => setUp(database, readOnly, done) },
  })
}

type Done = (error: unknown, database: SqliteDatabase) => void

function* lazily(names: readonly SqliteDriverName[]) {
  for (const name of names) yield trialOf(name)
}

/** What knex asks of its clients, and does not declare. */
interface AskingClient extends Knex.Client {
  _query(connection: unknown, query: object): Promise<object>
}
type AskingClientClass = Omit<typeof Knex.Client, 'prototype'> & (new (config: Knex.Config) => AskingClient)

function clientFor(driver: SqliteDriver, patienceMs: number, closed: () => void): typeof Knex.Client {
  const require = createRequire(import.meta.url)
  const BetterSqlite3Client = require('knex/lib/dialects/better-sqlite3/index.js') as AskingClientClass
  return class extends BetterSqlite3Client {
    _driver(): SqliteDriver {
      return driver
    }

    /** SQLite itself would wait in the only thread that there is, and with it everybody. */
    override async _query(connection: unknown, query: object): Promise<object> {
      const until = performance.now() + patienceMs
      for (let pauseMs = 1; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
        try {
          return await super._query(connection, query)
        } catch (error) {
          if (!isLocked(error) || performance.now() > until) throw error
        }
        await wait(pauseMs)
      }
    }

    override async destroy(callback?: () => void): Promise<void> {
      await super.destroy(callback as () => void)
      closed()
    }
  }
}

function prepareFile(file: string, readOnly: boolean): void {
  if (existsSync(file)) return
  if (readOnly) throw new Error(`There is no database file at ${file}`)
  mkdirSync(dirname(file), { recursive: true })
  closeSync(openSync(file, 'a', 0o600))
}

const longestPauseMs = 50

// The time-out comes first: switching to WAL may itself have to wait for another process. Afterwards we wait ourselves.
const alwaysSql = 'PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;'
const readOnlySql = 'PRAGMA query_only = ON;'
const writeSql = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;'
const atLastSql = 'PRAGMA busy_timeout = 0;'

function setUp(database: SqliteDatabase, readOnly: boolean, done: Done): void {
  try {
    database.exec(alwaysSql + (readOnly ? readOnlySql : writeSql) + atLastSql)
    done(undefined, database)
  } catch (error) {
    done(error, database)
  }
}
