import type { SqlClient } from '../sql-settings.js'
import { mssqlDialect } from './mssql-dialect.js'
import { mysqlDialect } from './mysql-dialect.js'
import { oracleDialect } from './oracle-dialect.js'
import { postgresDialect } from './postgres-dialect.js'
import type { SqlDialect } from './sql-dialect.js'
import { sqliteDialect } from './sqlite-dialect.js'

const dialects: Readonly<Record<SqlClient, SqlDialect>> = {
  sqlite: sqliteDialect,
  pg: postgresDialect,
  mysql: mysqlDialect,
  mssql: mssqlDialect,
  oracledb: oracleDialect,
}

export const dialectOf = (client: SqlClient): SqlDialect => dialects[client]
