import type { Knex } from 'knex'
import { openStore, type AuditSigning, type Checkpoint, type OpenedStore } from '../src/index.js'

export const key = new Uint8Array(32).fill(7)
export const dayMs = 86_400_000
export const noon = Date.UTC(2026, 10, 24, 12)
export const canary = 'Canary-Person'

const tables = ['emrex_audit', 'emrex_audit_head', 'emrex_audit_checkpoint']

/**
 * Two chains of evidence with all that a chain can have: lines of staff, forgotten ones, checkpoints in the middle and at
 * the end; one was pruned at its beginning. Can be put back as it was after somebody changed it.
 */
export class AuditScene {
  private constructor(
    readonly knex: Knex,
    readonly store: OpenedStore,
    /** What somebody wrote down outside of the database. */
    readonly kept: readonly Checkpoint[],
  ) {}

  static async make(knex: Knex, auditSigning?: AuditSigning): Promise<AuditScene> {
    let now = noon
    const store = await openStore({ knex, seal: { key }, now: () => now, ...(auditSigning && { auditSigning }) })
    const write = async (entry: string) => {
      const transfers = store.transfers<{ readonly state: string }>('smp')
      const fields = { entry, state: { state: 'begun' }, browser: 'b', expiresAt: now + dayMs }
      const begun = await transfers.create(fields, { audit: [{ event: 'transfer.started' }] })
      const audit = [
        { event: 'ncp.asked' as const, facts: { country: 'NO' } },
        { event: 'case.accepted' as const, code: 'COMPLETED' as const, author: canary, reason: canary },
      ]
      await transfers.save(begun, { state: { state: 'ended' } }, { audit })
    }
    const kept: Checkpoint[] = []
    for (const entry of ['main', 'main', 'main', 'other', 'other', 'main', 'other']) {
      await write(entry)
      kept.push(...(await store.auditChain.checkpoint()))
      now += dayMs
    }
    await store.auditChain.forgetStaff(noon + 2 * dayMs)
    // Of `main`, the lines of the first transfer go.
    await store.auditChain.prune(noon + dayMs)
    for (const table of tables) await knex.raw(`create table ${table}_copy as select * from ${table}`)
    return new AuditScene(knex, store, kept)
  }

  async restore(): Promise<void> {
    await this.knex.transaction(async (trx) => {
      for (const table of tables) {
        await trx(table).delete()
        const isPostgres = (trx.client as { dialect?: unknown }).dialect === 'postgresql'
        const override = isPostgres ? 'overriding system value' : ''
        await trx.raw(`insert into ${table} ${override} select * from ${table}_copy`)
      }
    })
  }

  /** What verifying finds, in short. */
  async faults(kept?: readonly Checkpoint[]): Promise<readonly string[]> {
    const { problems } = await this.store.auditChain.verify(kept && { kept })
    return problems.map(({ entry, seq, fault }) => `${entry} ${seq} ${fault}`)
  }
}
