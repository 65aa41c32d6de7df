/** Primary codes: somebody else holds the file, it cannot be written, read or opened, or there is no room. */
const codes: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
}
const anyOf = new RegExp(`^(${Object.values(codes).join('|')})(_|$)`)

/**
 * True when somebody else holds the file, and waiting helps: the statement has done nothing yet. It does not help a
 * transaction that has read what somebody else has changed since (SQLITE_BUSY_SNAPSHOT).
 *
 * Spec: as `isUnavailable`.
 */
export function isLocked(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return ['SQLITE_BUSY', 'SQLITE_BUSY_RECOVERY'].includes(code as string) || [5, 261].includes(errcode as number)
}

/**
 * True when a question was fine, and the file could not be used at this moment, whichever driver says so.
 *
 * Spec: https://sqlite.org/rescode.html; node:sqlite tells the number in `errcode`, whose lower byte is the primary code.
 */
export function isUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  if (typeof errcode === 'number') return (errcode & 0xff) in codes
  return typeof code === 'string' && anyOf.test(code)
}
