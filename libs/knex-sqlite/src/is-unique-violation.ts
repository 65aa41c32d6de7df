const codes: readonly unknown[] = ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']

// node:sqlite has one code for everything and tells SQLite's own in `errcode`.
const extendedCodes: readonly unknown[] = [2067, 1555]

/**
 * True when a write was refused because a unique value is there already, whichever driver says so.
 *
 * Spec: https://sqlite.org/rescode.html, SQLITE_CONSTRAINT_UNIQUE (2067) and SQLITE_CONSTRAINT_PRIMARYKEY (1555).
 */
export function isUniqueViolation(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, errcode } = error as { code?: unknown; errcode?: unknown }
  return codes.includes(code) || extendedCodes.includes(errcode)
}
