import type { Knex } from 'knex'
import { dialectOf } from '../dialect.js'
import { Seal, type SealKeys } from '../seal.js'
import { auditChain, type AuditChain } from './audit-chain.js'
import { CheckpointSigner, type AuditSigning } from './checkpoint-signer.js'

/**
 * The chains of evidence in a database that is opened for a look, next to a gateway that may be running on it. The schema
 * must be up to date (`inspectStore`).
 *
 * @throws {Error} when a key cannot be read.
 */
export function inspectAudit(
  knex: Knex,
  keys: SealKeys,
  signing?: AuditSigning,
): Pick<AuditChain, 'verify' | 'checkpoints'> {
  const context = { knex, dialect: dialectOf(knex), seal: new Seal(keys), now: Date.now }
  return auditChain(context, new CheckpointSigner(keys, signing))
}
