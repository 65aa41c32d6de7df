import type { Knex } from 'knex'
import { openPool, runFirst } from './open-pool.js'
import type { SqlDialect } from './sql-dialect.js'

const bytea = 17
const float4 = 700
const float8 = 701
const undefinedTable = '42P01'

const bytesOf = (written: string): Buffer => Buffer.from(written.slice(2), 'hex')

/**
 * Everything comes as PostgreSQL writes it: days and decimals as text. Bytes are bytes. A binary fraction comes as a
 * number, so that one that is not exact is noticed.
 */
const types = {
  getTypeParser: (oid: number) =>
    oid === bytea ? bytesOf : oid === float4 || oid === float8 ? Number : (written: string) => written,
}

export const postgresDialect: SqlDialect = {
  client: 'pg',
  driver: 'pg',
  proven: true,
  open: (access) => {
    const { server, readOnly, timeoutMs } = access
    const { host, port, socket, user, password, database, tls } = server!
    const statements = [
      `set statement_timeout = ${timeoutMs}`,
      // It decides how days are written, and a server may be set to another.
      `set datestyle = 'ISO, YMD'`,
      `set bytea_output = 'hex'`,
      ...(readOnly ? ['set session characteristics as transaction read only'] : []),
    ]
    return openPool(
      access,
      {
        client: 'pg',
        connection: {
          host: socket ?? host,
          port,
          user,
          password,
          database,
          application_name: 'emrex-gateway',
          connectionTimeoutMillis: timeoutMs,
          keepAlive: true,
          types,
          ...(tls === undefined ? {} : { ssl: { minVersion: 'TLSv1.2' as const, rejectUnauthorized: true, ...tls } }),
        } as Knex.PgConnectionConfig,
      },
      runFirst([{ sql: statements.join('; ') }]),
    )
  },
  columns: async (knex, view, connection) => {
    try {
      const { fields } = (await knex.raw('select * from ?? where 1 = 0', [view]).connection(connection)) as {
        fields: readonly { readonly name: string }[]
      }
      return fields.map(({ name }) => name)
    } catch (error) {
      if ((error as { code?: unknown }).code === undefinedTable) return []
      throw error
    }
  },
  canCancel: true,
  bytes: { length: 'octet_length(??)', piece: 'substring(?? from ? for ?)' },
  words: {
    quote: (name) => `"${name}"`,
    type: { key: 'text', text: 'text', decimal: 'text', date: 'text', count: 'integer', flag: 'text', bytes: 'bytea' },
    empty: (kind) => `cast(null as ${kind === 'bytes' ? 'bytea' : 'text'})`,
    from: '',
    tableEnd: '',
    separator: '\n',
  },
}
