import { SisError, type SisErrorKind } from '@emrex-gateway/core'

const kinds: readonly (readonly [RegExp, SisErrorKind, string])[] = [
  [/^28/, 'credential', 'the database refused the login'],
  [/^(42501|SQLITE_READONLY|SQLITE_AUTH|SQLITE_PERM)/, 'forbidden', 'the database denies this to the gateway'],
  [/^(57014)/, 'timeout', 'the database took too long'],
  [/^(42P01|42703|42883|42P0|SQLITE_ERROR$|SQLITE_MISMATCH)/, 'bad-data', 'the views are not as agreed'],
  [/^(SQLITE_NOTADB|SQLITE_CORRUPT)/, 'bad-data', 'the file is no readable database'],
  [/^(22|23|SQLITE_CONSTRAINT|SQLITE_TOOBIG)/, 'refused', 'the database refused the rows'],
]

// node:sqlite has one code for everything and tells SQLite's own as a number; the lower byte is the primary one.
const sqliteCodes: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  11: 'SQLITE_CORRUPT',
  14: 'SQLITE_CANTOPEN',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  26: 'SQLITE_NOTADB',
}

function driverCode(error: unknown): string | undefined {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return sqliteCodes[errcode & 0xff]
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : undefined
}

/**
 * The SisError of anything that a database driver threw.
 *
 * The driver's own message and cause are dropped: they quote the query with the values bound to it.
 */
export function sisErrorOf(error: unknown, connection: string): SisError {
  if (error instanceof SisError) return error
  if (typeof error !== 'object' || error === null)
    return new SisError('unavailable', 'the database did not answer', { connection })
  const { name, code } = error as { name?: unknown; code?: unknown }
  if (name === 'KnexTimeoutError') return new SisError('timeout', 'the database took too long', { connection })
  if (name === 'AbortError' || name === 'TimeoutError')
    return new SisError('timeout', 'the question to the database was called off', { connection })
  if (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND')
    return new SisError('unsupported', 'the driver of this database is not installed', { connection })
  const upstreamCode = driverCode(error)
  const info = { connection, ...(upstreamCode === undefined ? {} : { upstreamCode }) }
  const found = kinds.find(([pattern]) => upstreamCode !== undefined && pattern.test(upstreamCode))
  return found
    ? new SisError(found[1], found[2], info)
    : new SisError('unavailable', 'the database did not answer', info)
}
