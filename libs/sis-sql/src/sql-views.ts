import type { Knex } from 'knex'
import { SisError, type SisContext } from '@emrex-gateway/core'
import type { SqlDialect } from './dialects/sql-dialect.js'
import type { LazyDatabase } from './open-database.js'
import { askOrStop, untilStopped } from './ask-or-stop.js'
import { sisErrorOf } from './sis-error-of.js'
import type { SqlSettings } from './sql-settings.js'
import { contractRules, type ImportTableName, type ViewName } from './view-contract.js'
import { ViewRow } from './view-row.js'

export type Question = Knex.QueryBuilder<Record<string, unknown>, Record<string, unknown>[]>
const none: ReadonlySet<string> = new Set()
/** Bytes for all else that stands in the statement with a document. */
const besideDocument = 16 * 1024

/** The views of one database: every query of the plugin goes through here, with its stop signal, time limit and errors. */
export class SqlViews {
  #columns = new Map<string, ReadonlySet<string>>()

  constructor(
    readonly connection: string,
    readonly settings: SqlSettings,
    private readonly database: LazyDatabase,
  ) {}

  get dialect(): SqlDialect {
    return this.database.dialect
  }

  get isEncryptedOrLocal(): boolean {
    const { server } = this.database.access
    if (server === undefined || server.tls !== undefined || server.socket !== undefined) return true
    return server.protocol === 'oracles:' || /^(127\.|localhost$|::1$)/.test(server.host)
  }

  name(view: ViewName | ImportTableName): string {
    return `${this.settings.viewPrefix}${view}`
  }

  /** The columns of a view in lower case; empty when there is no such view. Asked once, then remembered. */
  async columns(view: ViewName | ImportTableName, context: SisContext): Promise<ReadonlySet<string>> {
    const known = this.#columns.get(view)
    if (known !== undefined) return known
    const names = new Set(
      await this.#ask(context, (knex, connection) => this.dialect.columns(knex, this.name(view), connection)),
    )
    if (names.size === 0) return none
    this.#columns.set(view, names)
    return names
  }

  /** The columns of the agreement that a view has: an owner may show more there, which is not asked for. None: ask for all. */
  async agreedColumns(
    view: ViewName | ImportTableName,
    context: SisContext,
    without: readonly string[] = [],
  ): Promise<string[]> {
    const columns = await this.columns(view, context)
    return Object.keys(contractRules[view].columns).filter((name) => columns.has(name) && !without.includes(name))
  }

  /** Forgets what is known about the columns, so that a repaired view is seen. */
  forget(): void {
    this.#columns = new Map()
  }

  /**
   * Rows of a view; an optional view that does not exist has none. A database may take `a` for `A` when it compares: who
   * asks for a key compares it once more.
   *
   * @throws {SisError}
   */
  async rows(
    view: ViewName | ImportTableName,
    context: SisContext,
    narrow: (query: Question, knex: Knex) => Question,
  ): Promise<ViewRow[]> {
    if (!contractRules[view].required && (await this.columns(view, context)).size === 0) return []
    const raw = await this.#ask(context, async (knex, connection): Promise<Record<string, unknown>[]> =>
      narrow(knex(this.name(view)), knex).connection(connection as never),
    )
    return raw.map((row) => new ViewRow(this.name(view), row, this.connection))
  }

  /** The longest document, in bytes, that an import can hold: the driver writes it into a statement, two signs a byte. */
  async longestDocument(context: SisContext): Promise<number> {
    const { statementBytes } = this.dialect
    if (statementBytes === undefined) return Infinity
    return Math.floor((await this.#ask(context, statementBytes)) / 2) - besideDocument
  }

  /**
   * All or nothing. An error that is not ours comes back as it was thrown, for the caller to tell a duplicate. Called off in
   * the middle, it ends at once for the caller, who cannot know then whether the work was done.
   */
  async transaction<T>(context: SisContext, work: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
    if (context.signal.aborted) throw this.#calledOff()
    const stopped = untilStopped(context.signal)
    const working = this.database.transaction(work)
    working.catch(() => {})
    try {
      return await Promise.race([working, stopped.promise])
    } catch (error) {
      throw context.signal.aborted ? this.#calledOff() : error
    } finally {
      stopped.forget()
    }
  }

  async #ask<T>(context: SisContext, question: (knex: Knex, connection: unknown) => Promise<T>): Promise<T> {
    if (context.signal.aborted) throw this.#calledOff()
    try {
      const { timeoutMs } = this.database.access
      const limits = { signal: context.signal, timeoutMs, canCancel: this.dialect.canCancel }
      return await askOrStop(await this.database.open(), limits, question)
    } catch (error) {
      if (context.signal.aborted) throw this.#calledOff()
      throw sisErrorOf(error, this.connection)
    }
  }

  #calledOff(): SisError {
    return new SisError('timeout', 'the question to the database was called off', { connection: this.connection })
  }
}
