import type { SqliteDriver, SqliteStatement } from './sqlite-driver.js'

interface NodeStatement {
  columns(): readonly unknown[]
  all(...bindings: readonly unknown[]): readonly unknown[]
  run(...bindings: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint }
}

/** What `node:sqlite` exports, as far as it is used here. */
export interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => {
    prepare(sql: string): NodeStatement
    exec(sql: string): void
    close(): void
  }
  readonly StatementSync: { readonly prototype: object }
}

/**
 * Node's own SQLite in better-sqlite3's shape.
 *
 * @throws {Error} on a Node whose `node:sqlite` cannot yet tell whether a statement gives rows (before 22.16).
 */
export function nodeSqliteDriver({ DatabaseSync, StatementSync }: NodeSqlite): SqliteDriver {
  if (!('columns' in StatementSync.prototype)) throw new Error('node:sqlite is too old here, it needs Node 22.16')
  return class {
    readonly #database
    constructor(file: string) {
      this.#database = new DatabaseSync(file)
    }

    prepare(sql: string): SqliteStatement {
      const statement = this.#database.prepare(sql)
      return {
        reader: statement.columns().length > 0,
        all: (bindings) => statement.all(...bindings),
        run: (bindings) => statement.run(...bindings),
      }
    }

    exec(sql: string): void {
      this.#database.exec(sql)
    }

    close(): void {
      this.#database.close()
    }
  }
}
