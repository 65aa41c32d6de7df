import type { Knex } from 'knex'
import type { ColumnKind } from '../view-contract.js'
import type { SqlClient } from '../sql-settings.js'

/** What a kind of database does in its own way. Everything else is the same for all. */
export interface SqlDialect {
  readonly client: SqlClient
  /** The npm package of its driver, as an operator would install it. */
  readonly driver: string
  /** False: written by the book, and never run against such a database. */
  readonly proven: boolean
  /** A pool that connects when it is asked; sessions are read-only, limited in time, and give days and decimals as text. */
  open(access: DatabaseAccess): Knex
  /** Names of the columns of a view, as a query must write them; none when there is no such view, or none to be seen. */
  columns(knex: Knex, view: string, connection: unknown): Promise<readonly string[]>
  /** How many bytes one statement may have, with the values in it; absent: more than any document needs. */
  readonly statementBytes?: (knex: Knex, connection: unknown) => Promise<number>
  /** Another connection can stop a query that runs. */
  readonly canCancel: boolean
  /** SQL for the bytes of column `??`: how many there are, and those from number `?` (the first is 1), `?` of them. */
  readonly bytes: { readonly length: string; readonly piece?: string }
  readonly words: DdlWords
}

/** How `ddlFor` writes statements for a database. */
export interface DdlWords {
  readonly quote: (name: string) => string
  /** Type of a column of a table. */
  readonly type: Readonly<Record<ColumnKind, string>>
  /** An empty value of a column of a view. */
  readonly empty: (kind: ColumnKind) => string
  /** What a select without a table needs. */
  readonly from: string
  readonly tableEnd: string
  /** Between statements, after the semicolon. */
  readonly separator: string
}

/** Where a database is, and how it is reached. */
export interface DatabaseAccess {
  /** Of SQLite alone. */
  readonly file?: string
  readonly server?: ServerAccess
  readonly readOnly: boolean
  /** Longest time for one statement. */
  readonly timeoutMs: number
  readonly maxConnections: number
}

export interface ServerAccess {
  readonly protocol: string
  readonly host: string
  readonly port: number
  /** Folder or path of a socket on this machine, instead of host and port. */
  readonly socket?: string
  readonly user: string
  readonly password: string
  readonly database: string
  /** Absent: without TLS. Texts are PEM; without authorities, those that Node knows are trusted. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}
