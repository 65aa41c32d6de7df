import type { AnyState, GatewayStore, TransferKind } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { auditChain, type AuditChain } from './audit-chain/audit-chain.js'
import { CheckpointSigner, type AuditSigning } from './audit-chain/checkpoint-signer.js'
import { auditLog } from './audit.js'
import { checkSealKey, demandFittingKey, replaceSealKeys } from './check-seal-key.js'
import { copyCache } from './copies.js'
import { dialectOf } from './dialect.js'
import { forgetDoneJobs, jobQueue } from './jobs.js'
import { loginLinks } from './login-links.js'
import { migrate } from './migrate.js'
import { once } from './once.js'
import { proofAttempts } from './proof-attempts.js'
import { Seal, type SealKeys } from './seal.js'
import { statistics } from './statistics.js'
import { tellAway } from './tell-away.js'
import { transferStore } from './transfers.js'
import { removeUnreadable } from './unreadable.js'

export interface StoreOptions {
  /** From `openSqlite` or `openPostgres`, or the application's own; closed together with the store. */
  readonly knex: Knex
  readonly seal: SealKeys
  /** Signs the checkpoints of the audit; without it they are made with the seal key. */
  readonly auditSigning?: AuditSigning
  /** Epoch milliseconds. Default: the clock. */
  readonly now?: () => number
  /** For a command that looks: the seal keys are tried, and not taken into use. */
  readonly onlyLooks?: boolean
}

/** The store, the care of its evidence, and of its keys. */
export interface OpenedStore extends GatewayStore {
  readonly auditChain: AuditChain
  /** Deletes jobs that were done before an instant (epoch milliseconds), none that waits or was given up. Gives how many. */
  forgetDoneJobs(before: number): Promise<number>
  /**
   * Seals with another key from now on; what was sealed before still opens, because its key is among `previousKeys`.
   *
   * @throws {SealKeyError} when the keys do not open what lies there; nothing has changed then.
   */
  replaceSealKeys(keys: SealKeys): Promise<void>
}

/**
 * Opens everything that must survive a restart, and brings its tables up to date.
 *
 * Guaranteed: what a call wrote is kept, whole, once its promise resolves; state, bodies, handles, links and the names
 * of staff cannot be read from the database without the key. A call that the database cannot take at this moment changed
 * nothing, and throws `EmrexError` STORE_UNAVAILABLE; the next one may do.
 *
 * @throws {SealKeyError} when the key does not fit the database.
 * @throws {Error} when a key is not 32 bytes long or cannot be read, or the database was made by a newer version.
 */
export async function openStore({
  knex: given,
  seal: keys,
  auditSigning,
  now = Date.now,
  onlyLooks = false,
}: StoreOptions): Promise<OpenedStore> {
  const seal = new Seal(keys)
  const knex = withPlainNames(given)
  const dialect = dialectOf(knex)
  const context = { knex, dialect, seal, now }
  const signer = new CheckpointSigner(keys, auditSigning)
  await migrate(knex, seal)
  await (onlyLooks ? demandFittingKey(knex, seal) : checkSealKey(knex, seal))
  const own: OpenedStore = {
    transfers: <State extends AnyState>(kind: TransferKind) => tellAway(transferStore<State>(context, kind), dialect),
    jobs: tellAway(jobQueue(context), dialect),
    audit: tellAway(auditLog(context), dialect),
    auditChain: tellAway(auditChain(context, signer), dialect),
    statistics: tellAway(statistics(context), dialect),
    copies: tellAway(copyCache(context), dialect),
    links: tellAway(loginLinks(context), dialect),
    attempts: tellAway(proofAttempts(context), dialect),
    once: (scope, value, until) => once(context, scope, value, until),
    async purge(at) {
      const purge = (table: string) => knex(table).where('expires_at', '<=', at).delete()
      await knex('emrex_limit').where('expire', '<=', at).delete()
      return {
        links: await purge('emrex_link'),
        attempts: await purge('emrex_attempt'),
        values: await purge('emrex_once'),
        handles: await purge('emrex_handle'),
        bodies: await purge('emrex_body'),
        ...(await removeUnreadable(context, at)),
      }
    },
    async ping() {
      await knex.raw('select 1')
    },
    forgetDoneJobs: (before) => forgetDoneJobs(context, before),
    async replaceSealKeys(next) {
      await replaceSealKeys(knex, seal, next)
      signer.replaceSealKeys(next)
    },
    close: () => given.destroy(),
  }
  return tellAway(own, dialect)
}

/** An application's own knex may rename columns on their way (`birthDate`, `birth_date`); ours are called as they are. */
function withPlainNames(knex: Knex): Knex {
  const { wrapIdentifier, postProcessResponse } = (knex.client as { config: Knex.Config }).config
  if (wrapIdentifier === undefined && postProcessResponse === undefined) return knex
  const plain = knex.withUserParams(knex.userParams)
  const { config } = plain.client as { config: Knex.Config }
  delete config.wrapIdentifier
  delete config.postProcessResponse
  return plain
}
