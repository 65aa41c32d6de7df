import type { AnyState, GatewayStore, TransferKind } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { auditLog } from './audit.js'
import { checkSealKey } from './check-seal-key.js'
import { copyCache } from './copies.js'
import { dialectOf } from './dialect.js'
import { jobQueue } from './jobs.js'
import { loginLinks } from './login-links.js'
import { migrate } from './migrate.js'
import { once } from './once.js'
import { proofAttempts } from './proof-attempts.js'
import { Seal, type SealKeys } from './seal.js'
import { statistics } from './statistics.js'
import { transferStore } from './transfers.js'

export interface StoreOptions {
  /** From `openSqlite` or `openPostgres`; closed together with the store. */
  readonly knex: Knex
  readonly seal: SealKeys
  /** Epoch milliseconds. */
  readonly now: () => number
}

/**
 * Opens everything that must survive a restart, and brings its tables up to date.
 *
 * Guaranteed: what a call wrote is kept, whole, once its promise resolves; state, bodies, handles, links and the names
 * of staff cannot be read from the database without the key.
 *
 * @throws {EmrexError} INTERNAL when the key does not fit the database.
 * @throws {Error} when a key is not 32 bytes long, or the database was made by a newer version.
 */
export async function openStore({ knex, seal: keys, now }: StoreOptions): Promise<GatewayStore> {
  const seal = new Seal(keys)
  const context = { knex, dialect: dialectOf(knex), seal, now }
  await migrate(knex)
  await checkSealKey(knex, seal)
  return {
    transfers: <State extends AnyState>(kind: TransferKind) => transferStore<State>(context, kind),
    jobs: jobQueue(context),
    audit: auditLog(context),
    statistics: statistics(context),
    copies: copyCache(context),
    links: loginLinks(context),
    attempts: proofAttempts(context),
    once: (scope, value, until) => once(context, scope, value, until),
    async purge(at) {
      for (const table of ['emrex_link', 'emrex_attempt']) await knex(table).where('expires_at', '<=', at).delete()
      await knex('emrex_once').where('expires_at', '<=', at).delete()
      await knex('emrex_handle').where('expires_at', '<=', at).delete()
      return knex('emrex_body').where('expires_at', '<=', at).delete()
    },
    async ping() {
      await knex.raw('select 1')
    },
    close: () => knex.destroy(),
  }
}
