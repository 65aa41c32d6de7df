import type { Knex } from 'knex'
import type { StoreContext } from '../store-context.js'
import type { ChainName } from './chain-rows.js'
import type { CheckpointSigner } from './checkpoint-signer.js'
import type { AuditProblem, AuditVerdict, ChainVerdict, VerifyOptions } from './verdict.js'
import { VerifyChain } from './verify-chain.js'

export type { AuditVerdict, VerifyOptions } from './verdict.js'

export interface VerifyContext extends Pick<StoreContext, 'knex' | 'dialect' | 'seal'> {
  readonly signer: CheckpointSigner
}

/**
 * Recomputes the chains of evidence, line by line, and compares them with every checkpoint. It sees one moment of the
 * database, changes nothing, and needs the same memory for any number of lines.
 */
export async function verifyAudit(context: VerifyContext, options: VerifyOptions = {}): Promise<AuditVerdict> {
  const { kept = [], entry } = options
  return context.knex.transaction(async (trx) => {
    const chains: ChainVerdict[] = []
    const problems: AuditProblem[] = []
    const wanted = (name: ChainName) => entry === undefined || name.entry === entry
    for (const name of (await chainNames(trx, options)).filter(wanted)) {
      const chain = new VerifyChain(context, trx, name)
      chains.push(await chain.run(kept.filter(isOf(name)), options.newest))
      problems.push(...chain.problems)
    }
    return { chains, problems }
  }, context.dialect.snapshot)
}

/** Every chain that anything speaks of: one whose lines are all gone, too. */
async function chainNames(trx: Knex.Transaction, { kept = [], newest }: VerifyOptions): Promise<readonly ChainName[]> {
  const found = new Map<string, ChainName>()
  const add = ({ kind, entry }: ChainName) => found.set(JSON.stringify([kind, entry]), { kind, entry })
  // To go through all lines is too much for a quick look.
  const tables = ['emrex_audit_head', 'emrex_audit_checkpoint', ...(newest === undefined ? ['emrex_audit'] : [])]
  for (const table of tables) {
    const names: ChainName[] = await trx(table).distinct('kind', 'entry')
    names.forEach(add)
  }
  kept.forEach(add)
  return [...found.keys()].sort().map((key) => found.get(key)!)
}

const isOf =
  ({ kind, entry }: ChainName) =>
  (each: ChainName): boolean =>
    each.kind === kind && each.entry === entry
