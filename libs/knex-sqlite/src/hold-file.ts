import type { SqliteDriver } from './sqlite-driver.js'

/** Another process, or another part of this one, works on the file. */
export class SqliteInUseError extends Error {
  override readonly name = 'SqliteInUseError'
  readonly code = 'SQLITE_IN_USE'
  constructor(readonly file: string) {
    super(`The database file ${file} is in use by another process; only one at a time may write to it`)
  }
}

/**
 * Holds a database file for this process alone, among all that ask in this way; readers, and whoever does not ask, are not
 * kept away. What is locked is a file beside it, `FILE.lock`, so that the database itself works as ever. The lock belongs
 * to the process: it ends with it, also when it is killed. Gives what lets go of the file.
 *
 * @throws {SqliteInUseError} at once; nothing is waited for.
 */
export function holdFile(file: string, driver: SqliteDriver): () => void {
  const lock = new driver(`${file}.lock`)
  try {
    // Nothing is ever written: the open transaction is the lock.
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
    return () => void lock.close()
  } catch (error) {
    lock.close()
    throw isBusy(error) ? new SqliteInUseError(file) : error
  }
}

// Spec: https://sqlite.org/rescode.html, SQLITE_BUSY (5).
const isBusy = (error: unknown): boolean => {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === 'SQLITE_BUSY' || errcode === 5
}
