/** The part of better-sqlite3's interface that knex uses. Every driver is brought to this shape. */
export interface SqliteStatement {
  /** True when the statement gives rows. */
  readonly reader: boolean
  all(bindings: readonly unknown[]): readonly unknown[]
  run(bindings: readonly unknown[]): { readonly changes: number | bigint; readonly lastInsertRowid: number | bigint }
}

export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement
  exec(sql: string): unknown
  close(): unknown
}

export type SqliteDriver = new (file: string) => SqliteDatabase
