import { randomBytes } from 'node:crypto'
import type { AuditEntry, AuditLog } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import type { Place } from './seal.js'
import type { StoreContext } from './store-context.js'

interface AuditRow extends Pick<AuditEntry, 'kind' | 'entry' | 'transfer' | 'event'> {
  readonly number: number
  readonly id: string
  readonly at: number
  readonly code: AuditEntry['code'] | null
  readonly facts: string | null
  readonly sealed: Uint8Array | null
}

type Staff = Pick<AuditEntry, 'author' | 'reason'>

const placeOf = (id: string): Place => ['emrex_audit', id, 'sealed']

/** Adds lines of evidence. Author and reason name a staff person and are sealed. */
export async function writeAudit(
  { seal }: StoreContext,
  trx: Knex.Transaction,
  entries: readonly AuditEntry[],
): Promise<void> {
  for (const { author, reason, facts, code, ...plain } of entries) {
    const id = randomBytes(16).toString('base64url')
    const staff: Staff = { author, reason }
    const named = author !== undefined || reason !== undefined
    await trx<AuditRow>('emrex_audit').insert({
      ...plain,
      id,
      code: code ?? null,
      facts: facts === undefined ? null : JSON.stringify(facts),
      sealed: named ? seal.seal(placeOf(id), Buffer.from(JSON.stringify(staff))) : null,
    })
  }
}

/** The evidence in the order in which it was written; with a limit, the newest lines of it. */
export function auditLog({ knex, seal }: StoreContext): AuditLog {
  const read = (row: AuditRow): AuditEntry => ({
    at: Number(row.at),
    kind: row.kind,
    entry: row.entry,
    transfer: row.transfer,
    event: row.event,
    ...(row.code !== null && { code: row.code }),
    ...(row.facts !== null && { facts: JSON.parse(row.facts) as AuditEntry['facts'] }),
    ...(row.sealed !== null && (JSON.parse(seal.open(placeOf(row.id), row.sealed).toString()) as Staff)),
  })
  return {
    async list({ transfer, event, limit }) {
      const query = knex<AuditRow>('emrex_audit').select<AuditRow[]>().orderBy('number', 'desc')
      if (transfer !== undefined) query.where({ transfer })
      if (event !== undefined) query.where({ event })
      if (limit !== undefined) query.limit(limit)
      return (await query).reverse().map(read)
    },
  }
}
