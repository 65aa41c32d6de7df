import type { Knex } from 'knex'
import { SisError, type SisContext } from '@emrex-gateway/core'
import type { LazyDatabase } from './open-database.js'
import { sisErrorOf } from './sis-error-of.js'
import type { SqlSettings } from './sql-settings.js'
import { contractRules, type ImportTableName, type ViewName } from './view-contract.js'
import { ViewRow } from './view-row.js'

type Question = Knex.QueryBuilder<Record<string, unknown>, Record<string, unknown>[]>
const none: ReadonlySet<string> = new Set()

/** The views of one database: every query of the plugin goes through here, with its stop signal, time limit and errors. */
export class SqlViews {
  #columns = new Map<string, ReadonlySet<string>>()

  constructor(
    readonly connection: string,
    readonly settings: SqlSettings,
    private readonly database: LazyDatabase,
  ) {}

  name(view: ViewName | ImportTableName): string {
    return `${this.settings.viewPrefix}${view}`
  }

  /** The columns of a view in lower case; empty when there is no such view. Asked once, then remembered. */
  async columns(view: ViewName | ImportTableName, context: SisContext): Promise<ReadonlySet<string>> {
    const known = this.#columns.get(view)
    if (known !== undefined) return known
    const info = await this.#ask(context, async (knex) => knex(this.name(view)).columnInfo())
    const names = new Set(Object.keys(info).map((name) => name.toLowerCase()))
    if (names.size === 0) return none
    this.#columns.set(view, names)
    return names
  }

  /** Forgets what is known about the columns, so that a repaired view is seen. */
  forget(): void {
    this.#columns = new Map()
  }

  /** Rows of a view; an optional view that does not exist has none. @throws {SisError} */
  async rows(
    view: ViewName | ImportTableName,
    context: SisContext,
    narrow: (query: Question) => Question,
  ): Promise<ViewRow[]> {
    if (!contractRules[view].required && (await this.columns(view, context)).size === 0) return []
    const cancel = this.settings.client === 'pg' ? { cancel: true } : {}
    const raw = await this.#ask(context, async (knex): Promise<Record<string, unknown>[]> => {
      return narrow(knex(this.name(view))).timeout(this.settings.timeoutSeconds * 1000, cancel)
    })
    return raw.map((row) => new ViewRow(this.name(view), row, this.connection))
  }

  /** All or nothing. An error that is not ours comes back as it was thrown, for the caller to tell a duplicate. */
  async transaction<T>(context: SisContext, work: (transaction: Knex.Transaction) => Promise<T>): Promise<T> {
    this.#throwIfCalledOff(context)
    return this.database.transaction(work)
  }

  async #ask<T>(context: SisContext, question: (knex: Knex) => Promise<T>): Promise<T> {
    this.#throwIfCalledOff(context)
    const knex = await this.#opened()
    let onAbort = () => {}
    const calledOff = new Promise<never>((_, reject) => {
      onAbort = () => reject(this.#calledOff())
    })
    context.signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await Promise.race([question(knex), calledOff])
    } catch (error) {
      throw sisErrorOf(error, this.connection)
    } finally {
      context.signal.removeEventListener('abort', onAbort)
    }
  }

  async #opened(): Promise<Knex> {
    try {
      return await this.database.open()
    } catch (error) {
      throw sisErrorOf(error, this.connection)
    }
  }

  #throwIfCalledOff(context: SisContext): void {
    if (context.signal.aborted) throw this.#calledOff()
  }

  #calledOff(): SisError {
    return new SisError('timeout', 'the question to the database was called off', { connection: this.connection })
  }
}
