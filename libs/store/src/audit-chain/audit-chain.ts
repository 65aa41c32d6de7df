import { defaults } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import type { StoreContext } from '../store-context.js'
import { holdHead } from './append-lines.js'
import { headMacs, removalProofs, sameBytes } from './chain-proofs.js'
import type { AuditRow, ChainName, HeadRow } from './chain-rows.js'
import type { Checkpoint, CheckpointSigner } from './checkpoint-signer.js'
import { verifyAudit, type AuditVerdict, type VerifyOptions } from './verify-audit.js'

const batch = 500
const pruned = defaults.retentionBatchRows

/** The care of the chains of evidence. Nothing here holds up those who write for long. */
export interface AuditChain {
  /** Notes, signed, where each chain ends that has grown since this was last done. Gives what is new. */
  checkpoint(): Promise<readonly Checkpoint[]>
  /** Every checkpoint that is noted, the oldest first, some at a time. */
  checkpoints(): AsyncIterable<Checkpoint>
  verify(options?: VerifyOptions): Promise<AuditVerdict>
  /** Deletes names and reasons of staff in lines older than this (epoch milliseconds); the chains go on to verify. Gives in how many lines. */
  forgetStaff(before: number): Promise<number>
  /** Deletes the beginnings of chains, as far as all lines are older than this; a signed checkpoint says where they now begin. Gives how many lines went. */
  prune(before: number): Promise<number>
}

export function auditChain(context: StoreContext, signer: CheckpointSigner): AuditChain {
  const { knex, seal, now } = context
  const names = (): Promise<ChainName[]> =>
    knex<HeadRow>('emrex_audit_head').select('kind', 'entry').orderBy(['kind', 'entry'])
  const note = async (db: Knex, checkpoint: Checkpoint) => {
    const key = ['kind', 'entry', 'seq', 'purpose']
    await db<Checkpoint>('emrex_audit_checkpoint').insert(checkpoint).onConflict(key).ignore()
  }

  /** The write comes first: on SQLite it takes the lock, so that nothing read afterwards can be stale. */
  const takeHead = async (trx: Knex.Transaction, name: ChainName) => {
    const { kind, entry } = name
    const head = trx<HeadRow>('emrex_audit_head').where({ kind, entry })
    await head.update({ seq: trx.ref('seq') as never })
    return holdHead(context, trx, name)
  }

  const checkpointOf = (name: ChainName) =>
    knex.transaction(async (trx): Promise<readonly Checkpoint[]> => {
      const { kind, entry } = name
      const { seq, hash, mac } = await takeHead(trx, name)
      const macs = headMacs(seal, { kind, entry, seq, hash })
      // A signature would make a head that somebody else wrote look like ours.
      if (!macs.some((each) => sameBytes(each, mac))) return []
      // A head that a previous seal key proves is proved with the present one from now on.
      if (!sameBytes(macs[0], mac)) {
        await trx<HeadRow>('emrex_audit_head').where({ kind, entry }).update({ mac: macs[0] })
      }
      const noted = await trx<Checkpoint>('emrex_audit_checkpoint').where({ kind, entry, seq, purpose: 'end' }).first()
      if (seq === 0 || noted !== undefined) return []
      const checkpoint = signer.make({ kind, entry, purpose: 'end', seq, hash, at: now() })
      await note(trx, checkpoint)
      return [checkpoint]
    })

  /** Some lines at a time: whoever writes evidence of this entry waits. */
  const pruneSome = (name: ChainName, before: number) =>
    knex.transaction(async (trx): Promise<number> => {
      const { kind, entry } = name
      await takeHead(trx, name)
      const lines = () => trx<AuditRow>('emrex_audit').where({ kind, entry })
      const kept = await lines().where('at', '>=', before).orderBy('seq').first('seq')
      const old = await lines()
        .where('seq', '<', kept === undefined ? Number.MAX_SAFE_INTEGER : Number(kept.seq))
        .orderBy('seq')
        .limit(pruned)
        .select('seq', 'hash')
      const last = old.at(-1)
      if (last === undefined) return 0
      const seq = Number(last.seq)
      await note(trx, signer.make({ kind, entry, purpose: 'begin', seq, hash: last.hash, at: now() }))
      await trx<Checkpoint>('emrex_audit_checkpoint').where({ kind, entry }).where('seq', '<', seq).delete()
      return lines().where('seq', '<=', seq).delete()
    })

  return {
    async checkpoint() {
      const made: Checkpoint[] = []
      for (const name of await names()) made.push(...(await checkpointOf(name)))
      return made
    },

    async *checkpoints() {
      for (let offset = 0; ; offset += batch) {
        const order = ['at', 'kind', 'entry', 'seq', 'purpose']
        const rows = await knex<Checkpoint>('emrex_audit_checkpoint').orderBy(order).offset(offset).limit(batch)
        for (const row of rows) yield { ...row, seq: Number(row.seq), at: Number(row.at) }
        if (rows.length < batch) return
      }
    },

    verify: (options) => verifyAudit({ ...context, signer }, options),

    async forgetStaff(before) {
      let count = 0
      for (;;) {
        const old = await knex<AuditRow>('emrex_audit')
          .whereNotNull('sealed')
          .where('at', '<', before)
          .select<AuditRow[]>('number', 'kind', 'entry', 'seq', 'commitment')
          .limit(batch)
        if (old.length === 0) return count
        await knex.transaction(async (trx) => {
          for (const { number, commitment, ...line } of old) {
            const [removed] = removalProofs(seal, { ...line, commitment: commitment! })
            await trx<AuditRow>('emrex_audit').where({ number }).update({ sealed: null, removed })
          }
        })
        count += old.length
      }
    },

    async prune(before) {
      let count = 0
      for (const name of await names()) {
        for (;;) {
          const gone = await pruneSome(name, before)
          count += gone
          if (gone < pruned) break
        }
      }
      return count
    },
  }
}
