import type { SqliteDriver, SqliteStatement } from './sqlite-driver.js'

/** libsql has better-sqlite3's interface already, but gives a blob as ArrayBuffer; this gives it as Buffer. */
export function libsqlDriver(Libsql: SqliteDriver): SqliteDriver {
  return class {
    readonly #database
    constructor(file: string) {
      this.#database = new Libsql(file)
    }

    prepare(sql: string): SqliteStatement {
      const statement = this.#database.prepare(sql)
      return {
        reader: statement.reader,
        all: (bindings) => statement.all(bindings).map(withBuffers),
        run: (bindings) => statement.run(bindings),
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

function withBuffers(row: unknown): unknown {
  const cells = Object.entries(row as object)
  return Object.fromEntries(cells.map(([name, cell]) => [name, isArrayBuffer(cell) ? Buffer.from(cell) : cell]))
}

// By name, not `instanceof`: a value made by a native module may come from another realm.
const isArrayBuffer = (cell: unknown): cell is ArrayBuffer =>
  Object.prototype.toString.call(cell) === '[object ArrayBuffer]'
