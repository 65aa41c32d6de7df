import type { Knex } from 'knex'

/** What a store holds of one kind, and whether it should not hold it any more. */
export interface KeptRows {
  readonly kind: string
  readonly rows: number
  /** Rows whose time was over before the given instant. */
  readonly overdue: number
  /** Epoch milliseconds: when the time of the oldest of them was over. */
  readonly oldestEnd?: number
}

/** Everything with an end: table, and the column that says when. */
const kinds = {
  transfers: ['emrex_transfer', 'expires_at'],
  bodies: ['emrex_body', 'expires_at'],
  handles: ['emrex_handle', 'expires_at'],
  links: ['emrex_link', 'expires_at'],
  attempts: ['emrex_attempt', 'expires_at'],
  values: ['emrex_once', 'expires_at'],
  limits: ['emrex_limit', 'expire'],
} as const

type Count = { readonly number: number | string; readonly end: number | null }[]

/** How much is kept of each kind, and what of it should have gone before `before` (epoch milliseconds). Changes nothing. */
export async function retentionState(knex: Knex, before: number): Promise<readonly KeptRows[]> {
  const kept: KeptRows[] = []
  for (const [kind, [table, column]] of Object.entries(kinds)) {
    const [all] = await knex(table).count<Count>({ number: '*' })
    const [over] = await knex(table).where(column, '<=', before).count({ number: '*' }).min<Count>({ end: column })
    const oldest = over?.end ?? undefined
    kept.push({
      ...{ kind, rows: Number(all?.number), overdue: Number(over?.number) },
      ...(oldest === undefined ? {} : { oldestEnd: Number(oldest) }),
    })
  }
  return kept
}
