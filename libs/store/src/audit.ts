import { randomBytes } from 'node:crypto'
import type { AuditEntry, AuditLog } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import { appendLines } from './audit-chain/append-lines.js'
import type { AuditRow, ChainName } from './audit-chain/chain-rows.js'
import type { Place } from './seal.js'
import type { StoreContext } from './store-context.js'

type Staff = Pick<AuditEntry, 'author' | 'reason'>

const placeOf = (id: string): Place => ['emrex_audit', id, 'sealed']

/** Adds lines of evidence to the chain of an entry. Author and reason name a staff person and are sealed. */
export async function writeAudit(
  context: StoreContext,
  trx: Knex.Transaction,
  { kind, entry }: ChainName,
  entries: readonly Omit<AuditEntry, 'kind' | 'entry'>[],
): Promise<void> {
  const lines = entries.map(({ author, reason, facts, code, at, transfer, event }) => {
    const id = randomBytes(16).toString('base64url')
    const staff: Staff = { author, reason }
    const named = author !== undefined || reason !== undefined
    return {
      ...{ id, at, kind, entry, transfer, event },
      code: code ?? null,
      facts: facts === undefined ? null : JSON.stringify(facts),
      sealed: named ? context.seal.seal(placeOf(id), Buffer.from(JSON.stringify(staff))) : null,
    }
  })
  await appendLines(context, trx, { kind, entry }, lines)
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
