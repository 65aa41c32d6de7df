import { SisError, type SisErrorKind } from '@emrex-gateway/core'
import { isUniqueViolation } from '@emrex-gateway/knex-sqlite'
import { driverCode } from './driver-code.js'

const any = (...numbers: readonly number[]): string => `(${numbers.join('|')})$`

/** Per kind: SQLSTATEs of PostgreSQL; SQLite; MySQL and MariaDB; SQL Server; Oracle. The first that fits counts. */
const kinds: readonly (readonly [SisErrorKind, string, readonly string[]])[] = [
  [
    'credential',
    'the database refused the login',
    ['28', `MYSQL_${any(1045, 1698, 1820, 1862, 3118, 4151)}`, 'ELOGIN$', `ORA_${any(1017, 28000, 28001, 1045)}`],
  ],
  [
    'forbidden',
    'the database denies this to the gateway',
    [
      ...['42501', '25006', 'SQLITE_READONLY', 'SQLITE_AUTH', 'SQLITE_PERM'],
      `MYSQL_${any(1044, 1142, 1143, 1227, 1290, 1370, 1792)}`,
      ...[`MSSQL_${any(229, 230, 262, 297, 916, 3906)}`, `ORA_${any(1031, 1456, 16000, 41900)}`],
    ],
  ],
  [
    'timeout',
    'the database took too long',
    [
      ...['57014', '55P03', `MYSQL_${any(1205, 1317, 1969, 3024)}`, 'ETIMEOUT$', 'ECANCEL$', 'ETIMEDOUT$'],
      ...[`MSSQL_${any(1222)}`, `ORA_${any(1013, 12170, 30006)}`, 'NJS-123$', 'DPI-1067$'],
    ],
  ],
  [
    'unavailable',
    'the certificate of the database is not trusted',
    [
      ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT', 'UNABLE_TO_(VERIFY|GET)', 'CERT_', 'ERR_TLS_CERT_ALTNAME'],
      'HANDSHAKE_SSL_ERROR',
    ],
  ],
  [
    'bad-data',
    'the views are not as agreed',
    [
      ...['42', '3D000', 'SQLITE_ERROR$', 'SQLITE_MISMATCH', `MYSQL_${any(1046, 1049, 1054, 1064, 1146, 1356)}`],
      ...[`MSSQL_${any(102, 156, 207, 208, 4413)}`, `ORA_${any(904, 942, 4063, 900, 933)}`],
    ],
  ],
  ['bad-data', 'the file is no readable database', ['SQLITE_NOTADB', 'SQLITE_CORRUPT']],
]

/** Rows that the database did not take; while reading, rows that it could not make. */
const aboutRows = [
  ...['22', '23', 'P0001', 'SQLITE_CONSTRAINT', 'SQLITE_TOOBIG'],
  `MYSQL_${any(1048, 1062, 1264, 1292, 1364, 1365, 1366, 1406, 1451, 1452, 1644, 3819, 4025)}`,
  `MSSQL_${any(245, 515, 547, 2601, 2627, 2628, 8114, 8134, 8152, 50000)}`,
  `ORA_${any(1, 1400, 1407, 1438, 1476, 1722, 1839, 1861, 2290, 2291, 12899, 20000)}`,
]

const fits = (patterns: readonly string[], code: string): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern}`).test(code))

/**
 * The SisError of anything that a database driver threw, while rows were read or written.
 *
 * The driver's own message and cause are dropped: they quote the query with the values bound to it.
 */
export function sisErrorOf(error: unknown, connection: string, doing: 'reading' | 'writing' = 'reading'): SisError {
  if (error instanceof SisError) return error
  const { name } = (error ?? {}) as { name?: unknown }
  if (name === 'KnexTimeoutError' || name === 'TimeoutError')
    return new SisError('timeout', 'the database took too long', { connection })
  if (name === 'AbortError')
    return new SisError('timeout', 'the question to the database was called off', { connection })
  const upstreamCode = driverCode(error)
  const info = { connection, ...(upstreamCode === undefined ? {} : { upstreamCode }) }
  if (upstreamCode !== undefined) {
    const found = kinds.find(([, , patterns]) => fits(patterns, upstreamCode))
    if (found !== undefined) return new SisError(found[0], found[1], info)
    if (fits(aboutRows, upstreamCode))
      return doing === 'writing'
        ? new SisError('refused', 'the database refused the rows', info)
        : new SisError('bad-data', 'a view could not make its rows', info)
  }
  return new SisError('unavailable', 'the database did not answer', info)
}

/** A write was refused because its key is there already. */
export const isDuplicate = (error: unknown): boolean =>
  isUniqueViolation(error) ||
  ['23505', 'MYSQL_1062', 'MSSQL_2627', 'MSSQL_2601', 'ORA_1'].includes(driverCode(error) ?? '')
