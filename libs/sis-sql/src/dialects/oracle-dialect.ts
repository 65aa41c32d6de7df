import type { Knex } from 'knex'
import { openPool } from './open-pool.js'
import type { SqlDialect } from './sql-dialect.js'

interface OracleConnection {
  callTimeout?: number
  execute(sql: string, done: (error: unknown) => void): void
}

/** Oracle Database. Written by the book. */
export const oracleDialect: SqlDialect = {
  client: 'oracledb',
  driver: 'oracledb',
  proven: false,
  open: (access) => {
    const { protocol, host, port, user, password, database } = access.server!
    const prepare = (raw: unknown, done: (error: unknown, raw: unknown) => void): void => {
      const connection = raw as OracleConnection
      connection.callTimeout = access.timeoutMs
      connection.execute(`alter session set nls_date_format = 'YYYY-MM-DD' nls_numeric_characters = '.,'`, (error) =>
        done(error, raw),
      )
    }
    return openPool(
      access,
      {
        client: 'oracledb',
        connection: {
          user,
          password,
          connectString: `${protocol === 'oracles:' ? 'tcps://' : ''}${host}:${port}/${database}`,
        } as Knex.OracleDbConnectionConfig,
        fetchAsString: ['number', 'date', 'clob'],
        // Names that nobody quoted are in capitals there.
        wrapIdentifier: (name, original) => original(name.toUpperCase()),
      },
      prepare,
    )
  },
  columns: async (knex, view, connection) => {
    const rows = (await knex
      .raw('select column_name from all_tab_columns where table_name = ?', [view.toUpperCase()])
      .connection(connection as never)) as readonly { readonly COLUMN_NAME: string }[]
    return rows.map((row) => row.COLUMN_NAME.toLowerCase())
  },
  canCancel: false,
  // Pieces would be of 2000 bytes at most: thousands of queries for one document.
  bytes: { length: 'dbms_lob.getlength(??)' },
  words: {
    quote: (name) => `"${name.toUpperCase()}"`,
    type: {
      key: 'varchar2(255 char)',
      text: 'varchar2(4000)',
      decimal: 'varchar2(255)',
      date: 'varchar2(255)',
      count: 'integer',
      flag: 'varchar2(5)',
      bytes: 'blob',
    },
    empty: (kind) => (kind === 'bytes' ? 'to_blob(null)' : 'cast(null as varchar2(255))'),
    from: ' from dual',
    tableEnd: '',
    separator: '\n',
  },
}
