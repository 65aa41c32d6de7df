import type { Knex } from 'knex'
import { openPool, runFirst } from './open-pool.js'
import type { SqlDialect } from './sql-dialect.js'

/** No such table; or not for this user, which is all that a user without rights is told of a table that is not there. */
const unseen: readonly unknown[] = [1146, 1142]

/** MySQL and MariaDB. */
export const mysqlDialect: SqlDialect = {
  client: 'mysql',
  driver: 'mysql2',
  proven: true,
  open: (access) => {
    const { server, readOnly, timeoutMs } = access
    const { host, port, socket, user, password, database, tls } = server!
    const seconds = Math.ceil(timeoutMs / 1000)
    const statements = [
      // The driver writes values into the query, and escapes them with backslashes: they must mean that to the server.
      { sql: `set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'` },
      // MariaDB; and MySQL, which knows a limit for reading alone.
      {
        sql: `set session max_statement_time = ${timeoutMs / 1000}`,
        otherwise: `set session max_execution_time = ${timeoutMs}`,
      },
      { sql: `set session lock_wait_timeout = ${seconds}` },
      { sql: `set session innodb_lock_wait_timeout = ${seconds}` },
      ...(readOnly ? [{ sql: 'set session transaction read only' }] : []),
    ]
    return openPool(
      access,
      {
        client: 'mysql2',
        connection: {
          ...(socket === undefined ? { host, port } : { socketPath: socket }),
          user,
          password,
          database,
          charset: 'utf8mb4',
          connectTimeout: timeoutMs,
          // Days, decimals and long numbers come as they are written.
          dateStrings: true,
          decimalNumbers: false,
          supportBigNumbers: true,
          bigNumberStrings: true,
          jsonStrings: true,
          multipleStatements: false,
          ...(tls === undefined
            ? {}
            : { ssl: { minVersion: 'TLSv1.2', rejectUnauthorized: true, verifyIdentity: true, ...tls } }),
        } as unknown as Knex.MySql2ConnectionConfig,
      },
      runFirst(statements),
    )
  },
  columns: async (knex, view, connection) => {
    try {
      const [, fields] = (await knex.raw('select * from ?? where 1 = 0', [view]).connection(connection)) as [
        unknown,
        readonly { readonly name: string }[],
      ]
      return fields.map(({ name }) => name.toLowerCase())
    } catch (error) {
      if (unseen.includes((error as { errno?: unknown }).errno)) return []
      throw error
    }
  },
  statementBytes: async (knex, connection) => {
    const query = knex.raw('select @@max_allowed_packet as bytes').connection(connection)
    const [[row]] = (await query) as [[{ readonly bytes: number | string }]]
    return Number(row.bytes)
  },
  canCancel: true,
  bytes: { length: 'length(??)', piece: 'substring(??, ?, ?)' },
  words: {
    quote: (name) => `\`${name}\``,
    type: {
      // Keys are compared exactly; other collations take a for A.
      key: 'varchar(255) character set utf8mb4 collate utf8mb4_bin',
      text: 'text character set utf8mb4',
      decimal: 'varchar(255)',
      date: 'varchar(255)',
      count: 'integer',
      flag: 'varchar(5)',
      bytes: 'longblob',
    },
    empty: (kind) => `cast(null as ${kind === 'bytes' ? 'binary' : 'char(255)'})`,
    from: ' from dual',
    tableEnd: ' engine = InnoDB',
    separator: '\n',
  },
}
