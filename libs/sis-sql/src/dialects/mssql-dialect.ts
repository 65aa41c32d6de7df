import type { Knex } from 'knex'
import { openPool } from './open-pool.js'
import type { SqlDialect } from './sql-dialect.js'

/** Microsoft SQL Server. Written by the book. */
export const mssqlDialect: SqlDialect = {
  client: 'mssql',
  driver: 'tedious',
  proven: false,
  open: (access) => {
    const { host, port, user, password, database, tls } = access.server!
    return openPool(access, {
      client: 'mssql',
      connection: {
        server: host,
        port,
        user,
        password,
        database,
        connectionTimeout: access.timeoutMs,
        requestTimeout: access.timeoutMs,
        options: {
          appName: 'emrex-gateway',
          // Days come as dates of this machine's zone, which is how `ViewRow` writes them.
          useUTC: false,
          encrypt: tls !== undefined,
          trustServerCertificate: false,
          ...(access.readOnly ? { readOnlyIntent: true } : {}),
          ...(tls === undefined ? {} : { cryptoCredentialsDetails: { minVersion: 'TLSv1.2', ...tls } }),
        },
      } as unknown as Knex.MsSqlConnectionConfig,
    })
  },
  columns: async (knex, view, connection) =>
    Object.keys(await knex(view).connection(connection).columnInfo()).map((name) => name.toLowerCase()),
  // The driver ends a query by its own time limit.
  canCancel: false,
  bytes: { length: 'datalength(??)', piece: 'substring(??, ?, ?)' },
  words: {
    quote: (name) => `[${name}]`,
    type: {
      key: 'nvarchar(255) collate Latin1_General_100_BIN2',
      text: 'nvarchar(max)',
      decimal: 'nvarchar(255)',
      date: 'nvarchar(255)',
      count: 'int',
      flag: 'nvarchar(5)',
      bytes: 'varbinary(max)',
    },
    empty: (kind) => `cast(null as ${kind === 'bytes' ? 'varbinary(max)' : 'nvarchar(255)'})`,
    from: '',
    tableEnd: '',
    // A view must be the first statement of its batch.
    separator: '\ngo\n',
  },
}
