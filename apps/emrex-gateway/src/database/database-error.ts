import { SealKeyError, StoreMovedError, StoreNewerError } from '@emrex-gateway/store'

/** What drivers, PostgreSQL and the file system say, in words. Spec: PostgreSQL, appendix A (error codes). */
const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers at its address',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name of its host cannot be looked up',
  ENOENT: 'there is no socket in that folder',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'its host cannot be reached',
  '28P01': 'it refuses the password',
  '28000': 'it refuses this user, or this way of connecting',
  '3D000': 'there is no database of that name',
  '42501': 'the user may not make tables; let the owner run `emrex store migrate`, or grant CREATE on the schema',
  '53300': 'it has no connection left',
  '57P03': 'it is starting up, or stopping',
  EACCES: 'this user may not make its file or its folder',
  EROFS: 'its file or its folder lies where nothing can be written',
  ENOSPC: 'the disk is full',
  EEXIST: 'a part of its path is a file, and not a folder',
  ENOTDIR: 'a part of its path is a file, and not a folder',
}

const rights = 'look at the rights of its folder, of the file, and of FILE.lock, FILE-wal and FILE-shm beside it'

/** By primary code. Spec: https://sqlite.org/rescode.html; node:sqlite tells the number, the other drivers the name. */
const wordsOfSqlite = [
  { name: 'SQLITE_READONLY', number: 8, words: `this user may not write to it; ${rights}` },
  { name: 'SQLITE_CORRUPT', number: 11, words: 'its file is damaged; restore the backup' },
  { name: 'SQLITE_FULL', number: 13, words: 'the disk is full' },
  { name: 'SQLITE_CANTOPEN', number: 14, words: `this user cannot open it; ${rights}` },
  { name: 'SQLITE_NOTADB', number: 26, words: 'its file is no SQLite database' },
] as const

const keyWords =
  'the seal key of the settings does not fit what lies in it; name the key of that time in seal.previousKeyFiles'

/** What the store says of a database that is none for this version, or for these settings: no fault of ours. */
export const isOfAnother = (error: unknown): error is Error =>
  [StoreMovedError, StoreNewerError, SealKeyError].some((kind) => error instanceof kind)

/** The database of the gateway cannot be used. The message is for an operator and names no address, user or value. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'

  static of(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error
    if (error instanceof SealKeyError)
      return new DatabaseError(`The database cannot be used: ${keyWords}.`, { cause: error })
    if (isOfAnother(error)) return new DatabaseError(`${error.message}.`, { cause: error })
    const { code, message = '' } = error as { code?: string; message?: string }
    const known = (code === undefined ? undefined : words[code]) ?? ofSqlite(error)
    const why = known ?? (isTimeout(error) ? words['ETIMEDOUT'] : isTls(code, message) ? tls(code) : undefined)
    return new DatabaseError(`The database cannot be used: ${why ?? `it failed with ${code ?? 'an unknown error'}`}.`, {
      cause: error,
    })
  }
}

function ofSqlite(error: unknown): string | undefined {
  const { code = '', errcode = 0 } = error as { code?: string; errcode?: number }
  return wordsOfSqlite.find(({ name, number }) => code.startsWith(name) || (errcode & 0xff) === number)?.words
}

const isTimeout = (error: unknown): boolean =>
  (error as Error).name === 'KnexTimeoutError' || /timeout/i.test((error as Error).message)

const isTls = (code: string | undefined, message: string): boolean =>
  /CERT|SSL|TLS|SELF_SIGNED|LEAF_SIGNATURE/.test(code ?? '') || /SSL/.test(message)

const tls = (code: string | undefined): string =>
  code === undefined ? 'it offers no encryption' : `its certificate is not accepted (${code})`
