import { existsSync } from 'node:fs'
import type { Knex } from 'knex'
import { SisError } from '@emrex-gateway/core'
import { dialectOf } from './dialects/dialect-of.js'
import type { DatabaseAccess, SqlDialect } from './dialects/sql-dialect.js'
import { serverAccess } from './server-access.js'
import type { SqlSettings } from './sql-settings.js'
import { takeTurns } from './take-turns.js'

/** A database that is opened when it is first needed: a SIS that is down must not keep the gateway from starting. */
export interface LazyDatabase {
  readonly dialect: SqlDialect
  readonly access: DatabaseAccess
  open(): Promise<Knex>
  /** All or nothing. */
  transaction<T>(work: (transaction: Knex.Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** @throws {Error} in plain words when a file that the settings name cannot be read. */
export function lazyDatabase(
  settings: SqlSettings,
  connection: string,
  resolvePath: (path: string) => string,
): LazyDatabase {
  const dialect = dialectOf(settings.client)
  const access: DatabaseAccess = {
    ...(settings.client === 'sqlite'
      ? { file: resolvePath(settings.file), maxConnections: 1 }
      : { server: serverAccess(settings, resolvePath), maxConnections: settings.maxConnections }),
    readOnly: !settings.target,
    timeoutMs: Math.ceil(settings.timeoutSeconds * 1000),
  }
  let opened: Knex | undefined
  const open = async (): Promise<Knex> => (opened ??= openDatabase(dialect, access, connection))
  return {
    dialect,
    access,
    open,
    transaction: async (work) => {
      const knex = await open()
      if (access.file === undefined) return knex.transaction(work)
      // A driver of SQLite that waits for another connection's lock stops the whole process, that connection included.
      return takeTurns(access.file, () => knex.transaction(work))
    },
    close: async () => {
      await opened?.destroy()
      opened = undefined
    },
  }
}

function openDatabase(dialect: SqlDialect, access: DatabaseAccess, connection: string): Knex {
  // SQLite would make an empty database out of a wrong path.
  if (access.file !== undefined && !existsSync(access.file))
    throw new SisError('unavailable', 'the database file is not there', { connection })
  try {
    return dialect.open(access)
  } catch (error) {
    // knex tells a missing driver in words alone.
    if (!/^Knex: run\n|No SQLite driver loads/.test((error as Error).message)) throw error
    const what = `the driver of this database is not installed; install the package ${dialect.driver}`
    throw new SisError('unsupported', what, { connection })
  }
}
