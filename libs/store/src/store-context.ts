import type { Knex } from 'knex'
import type { Dialect } from './dialect.js'
import type { Seal } from './seal.js'

/** What every part of the store works with. */
export interface StoreContext {
  readonly knex: Knex
  readonly dialect: Dialect
  readonly seal: Seal
  /** Epoch milliseconds. */
  readonly now: () => number
}
