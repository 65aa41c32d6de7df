import { randomBytes } from 'node:crypto'
import { defaults, type AttemptKind, type LinkSubject, type ProofAttempts } from '@emrex-gateway/core'
import type { StoreContext } from './store-context.js'

interface AttemptRow {
  readonly id: string
  readonly hash: Uint8Array
  readonly expires_at: number
}

const lockMs = defaults.proofLockHours * 3_600_000

/** Attempts per login, SIS and kind, as keyed hashes. All of one lock end together: a day after the last one that counted. */
export function proofAttempts({ knex, dialect, seal, now }: StoreContext): ProofAttempts {
  const hashesOf = ({ provider, issuer, subject }: LinkSubject, system: string, kind: AttemptKind) =>
    seal.hashes(['attempt', kind, system, provider, issuer, subject])
  const counted = async (from: typeof knex, hashes: readonly Buffer[]): Promise<number> => {
    const rows = await from<AttemptRow>('emrex_attempt').whereIn('hash', hashes).where('expires_at', '>', now())
    return rows.length
  }

  return {
    count: (subject, system, kind) =>
      knex.transaction(async (trx) => {
        const hashes = hashesOf(subject, system, kind)
        const id = randomBytes(16).toString('base64url')
        // Of two that come at the same moment, one waits here and is counted after the other. The write comes before what
        // is read: on SQLite it is the turn.
        await dialect.takeTurn(trx, 'emrex_attempt')
        await trx<AttemptRow>('emrex_attempt').insert({ id, hash: hashes[0], expires_at: now() + lockMs })
        if ((await counted(trx, hashes)) > defaults.proofAttempts) {
          await trx<AttemptRow>('emrex_attempt').where({ id }).delete()
          return false
        }
        await trx<AttemptRow>('emrex_attempt')
          .whereIn('hash', hashes)
          .where('expires_at', '>', now())
          .update({ expires_at: now() + lockMs })
        return true
      }),

    isLocked: async (subject, system, kind) =>
      (await counted(knex, hashesOf(subject, system, kind))) >= defaults.proofAttempts,

    async giveBack(subject, system, kind) {
      const rows = knex<AttemptRow>('emrex_attempt').where('expires_at', '>', now())
      const one = await rows.whereIn('hash', hashesOf(subject, system, kind)).first('id')
      if (one !== undefined) await knex<AttemptRow>('emrex_attempt').where({ id: one.id }).delete()
    },

    async forget(subject, system) {
      const hashes = (['asked', 'typed'] as const).flatMap((kind) => [...hashesOf(subject, system, kind)])
      await knex<AttemptRow>('emrex_attempt').whereIn('hash', hashes).delete()
    },
  }
}
