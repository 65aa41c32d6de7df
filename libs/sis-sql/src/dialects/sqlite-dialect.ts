import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { SqlDialect } from './sql-dialect.js'

export const sqliteDialect: SqlDialect = {
  client: 'sqlite',
  driver: 'better-sqlite3',
  proven: true,
  open: ({ file, readOnly }) => openSqlite({ file: file!, readOnly }),
  columns: async (knex, view, connection) =>
    Object.keys(await knex(view).connection(connection).columnInfo()).map((name) => name.toLowerCase()),
  // Its drivers are synchronous: nothing else runs while a query does.
  canCancel: false,
  bytes: { length: 'length(??)', piece: 'substr(??, ?, ?)' },
  words: {
    quote: (name) => `"${name}"`,
    type: { key: 'text', text: 'text', decimal: 'text', date: 'text', count: 'integer', flag: 'text', bytes: 'blob' },
    empty: (kind) => `cast(null as ${kind === 'bytes' ? 'blob' : 'text'})`,
    from: '',
    tableEnd: '',
    separator: '\n',
  },
}
