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

/**
 * What a driver calls an error, in one word: an SQLSTATE of PostgreSQL, `SQLITE_…`, `MYSQL_number`, `MSSQL_number`,
 * `ORA_number`, or the word of the driver or of Node itself.
 */
export function driverCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  const { code, errcode, errno, sqlState, number, errorNum } = error as Record<string, unknown>
  if (typeof errcode === 'number') return sqliteCodes[errcode & 0xff]
  if (typeof errno === 'number' && typeof sqlState === 'string') return `MYSQL_${errno}`
  if (typeof number === 'number' && code === 'EREQUEST') return `MSSQL_${number}`
  if (typeof errorNum === 'number' && errorNum > 0) return `ORA_${errorNum}`
  return typeof code === 'string' && /^[A-Z0-9_-]{1,60}$/.test(code) ? code : undefined
}
