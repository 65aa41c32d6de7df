import type { SqliteDriver, SqliteStatement } from './sqlite-driver.js'

const mostStatements = 300
/** A longer one, such as an insert of very many rows, is hardly asked twice. */
const mostCharacters = 4000

/**
 * A driver whose connections keep the statements that they have prepared, those used last: preparing one costs as much as
 * running it. SQLite itself prepares a statement anew when a table has changed meanwhile. What knex may set for one query
 * alone on this driver, `safeIntegers`, would stay with its statement; nothing here does that.
 */
export function keepStatements(Driver: SqliteDriver): SqliteDriver {
  return class extends Driver {
    readonly #kept = new Map<string, SqliteStatement>()

    override prepare(sql: string): SqliteStatement {
      if (sql.length > mostCharacters) return super.prepare(sql)
      const statement = this.#kept.get(sql) ?? super.prepare(sql)
      this.#kept.delete(sql)
      this.#kept.set(sql, statement)
      const [oldest] = this.#kept.keys()
      if (this.#kept.size > mostStatements) this.#kept.delete(oldest!)
      return statement
    }

    override close(): unknown {
      this.#kept.clear()
      return super.close()
    }
  }
}
