import { createRequire } from 'node:module'
import { defaults } from '@emrex-gateway/core'
import knex, { type Knex } from 'knex'
import { readPostgresUrl } from './read-postgres-url.js'

export interface PostgresOptions {
  /** `postgresql://user@host/database`; `?socket=FOLDER` for a local one, `?sslmode=verify-full` for `tls`. */
  readonly url: string
  /** Where it is not in the address. */
  readonly password?: string
  /** Encrypts the connection and checks the certificate and its name. PEM texts; no `ca` = the authorities that Node knows. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
  /** Connections that are open at the same time. */
  readonly maxConnections?: number
  /** How long a statement may take, and how long a connection is waited for. */
  readonly statementSeconds?: number
}

const bytea = 17
const integers: ReadonlySet<number> = new Set([20, 21, 23])

/** Times and counts are far below 2^53, so that they come as numbers and not, as by default, as text. */
const types = {
  getTypeParser: (oid: number) => {
    if (integers.has(oid)) return Number
    return oid === bytea ? (written: string) => Buffer.from(written.slice(2), 'hex') : (written: string) => written
  },
}

/**
 * Opens a PostgreSQL database behind knex, without asking it anything yet.
 *
 * Guaranteed: a commit is on the server's disk when its promise resolves, whatever the server's default, as far as its
 * `fsync` is on; a transaction sees what others committed before each of its statements (read committed); a transaction
 * whose process hangs gives its locks back after `statementSeconds`; a server that has vanished is noticed a second
 * after that, and its connection not used again, nor one to a server that became a standby; error messages hold the SQL
 * without its values.
 *
 * @throws {Error} in plain words, and without the address, when that cannot be read.
 */
export function openPostgres({
  url,
  password,
  tls,
  maxConnections = defaults.databaseConnections,
  statementSeconds = defaults.databaseStatementSeconds,
}: PostgresOptions): Knex {
  const timeoutMs = Math.ceil(statementSeconds * 1000)
  const { address, encrypted } = readPostgresUrl(url)
  const ssl = tls ?? (encrypted ? {} : undefined)
  return knex({
    client: patientClient(),
    connection: {
      ...address,
      ...(password === undefined ? {} : { password }),
      application_name: 'emrex-gateway',
      connectionTimeoutMillis: timeoutMs,
      query_timeout: timeoutMs + answerMs,
      keepAlive: true,
      types,
      ...(ssl === undefined ? {} : { ssl: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: true, ...ssl } }),
    } as Knex.PgConnectionConfig,
    acquireConnectionTimeout: timeoutMs,
    // knex would else write the values, and so personal data, into the messages of errors.
    compileSqlOnError: false,
    // It writes to the console on its own; all that matters comes back as an error.
    log: { debug() {}, deprecate() {}, warn() {}, error() {} },
    pool: { min: 0, max: maxConnections, afterCreate: setUp(timeoutMs) },
  })
}

/** How much later than the server we give a statement up: what it says itself is better. */
const answerMs = 1000

/** What a standby says to a write. Spec: PostgreSQL, appendix A, read_only_sql_transaction. */
const readOnly = '25006'

/** Its own name for the only method of the client that is changed here. */
interface PgClient {
  _query(connection: { __knex__disposed?: unknown }, question: unknown): Promise<unknown>
}

/**
 * knex for PostgreSQL, which leaves a connection alone once an answer on it did not come, for the next one would wait as
 * long; or once it led to a server that takes no writes, for another one may be the primary by now, at the same address.
 */
function patientClient(): typeof Knex.Client {
  const require = createRequire(import.meta.url)
  const Client = require('knex/lib/dialects/postgres/index.js') as new () => PgClient
  return class extends Client {
    override async _query(connection: { __knex__disposed?: unknown }, question: unknown): Promise<unknown> {
      try {
        return await super._query(connection, question)
      } catch (error) {
        const { code, message } = error as { readonly code?: unknown; readonly message: string }
        if (code === readOnly || /^Query read timeout/.test(message)) connection.__knex__disposed = error
        throw error
      }
    }
  } as unknown as typeof Knex.Client
}

interface RawConnection {
  query(sql: string, done: (error: unknown) => void): void
}
type Done = (error: unknown, raw: RawConnection) => void

/** A server, a database or a user may have other defaults; ours are not theirs to choose. */
const setUp = (timeoutMs: number) => (raw: RawConnection, done: Done) => {
  const statements = [
    `set statement_timeout = ${timeoutMs}`,
    `set idle_in_transaction_session_timeout = ${timeoutMs}`,
    `set session characteristics as transaction isolation level read committed`,
    `set bytea_output = 'hex'`,
    // Any other value but this one waits for the disk.
    `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`,
  ]
  raw.query(statements.join('; '), (error) => done(error, raw))
}
