import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
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
 * What this process holds, whichever copy of this module asked: a lock of the system belongs to a whole process. A second
 * driver, which is a second SQLite, would get it once more, and the first to close the file would let go for both.
 * Spec: https://sqlite.org/howtocorrupt.html, "Multiple copies of SQLite linked into the same application".
 */
const held = ((globalThis as { [key: symbol]: Set<string> | undefined })[Symbol.for('emrex-gateway.held-files')] ??=
  new Set<string>())

/**
 * Holds a database file for this process alone, among all that ask in this way; readers, and whoever does not ask, are not
 * kept away. What is locked is a file beside it, `FILE.lock`, so that the database itself works as ever. The lock belongs
 * to the process: it ends with it, also when it is killed. Gives what lets go of the file.
 *
 * Nothing else in this process may open `FILE.lock`, not even to read it: who closes it lets go of it.
 *
 * @throws {SqliteInUseError} at once; nothing is waited for.
 */
export function holdFile(file: string, driver: SqliteDriver): () => void {
  const name = join(realpathSync(dirname(file)), basename(file))
  if (held.has(name)) throw new SqliteInUseError(file)
  const lock = new driver(`${file}.lock`)
  try {
    // Nothing is ever written: the open transaction is the lock.
    lock.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw isBusy(error) ? new SqliteInUseError(file) : error
  }
  held.add(name)
  return () => {
    lock.close()
    held.delete(name)
  }
}

// Spec: https://sqlite.org/rescode.html, SQLITE_BUSY (5).
const isBusy = (error: unknown): boolean => {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return code === 'SQLITE_BUSY' || errcode === 5
}
