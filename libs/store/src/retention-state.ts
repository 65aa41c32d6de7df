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

/** What has no end of its own, and goes by its age. */
export interface RetentionAges {
  /** Epoch milliseconds: what was too old before then should have gone. */
  readonly before: number
  /** How long each is kept, in milliseconds. */
  readonly evidence: number
  readonly staff: number
  readonly doneJobs: number
}

/** How much is kept of each kind, and what of it should have gone before `before` (epoch milliseconds). Changes nothing. */
export async function retentionState(knex: Knex, before: number, ages: RetentionAges): Promise<readonly KeptRows[]> {
  const kept: KeptRows[] = []
  for (const [kind, [table, column]] of Object.entries(kinds))
    kept.push(await keptOf(kind, column, 0, before, () => knex(table)))
  const { evidence, staff, doneJobs } = ages
  const lines = () => knex('emrex_audit')
  kept.push(
    await keptOf('lines of evidence', 'at', evidence, ages.before, lines),
    await keptOf('names of staff', 'at', staff, ages.before, () => lines().whereNotNull('sealed')),
    await keptOf('done jobs', 'run_at', doneJobs, ages.before, () => knex('emrex_job').where({ state: 'done' })),
  )
  return kept
}

async function keptOf(
  kind: string,
  column: string,
  ageMs: number,
  before: number,
  rows: () => Knex.QueryBuilder,
): Promise<KeptRows> {
  const [all] = await rows().count<Count>({ number: '*' })
  const [over] = await rows()
    .where(column, '<=', before - ageMs)
    .count({ number: '*' })
    .min<Count>({ end: column })
  const oldest = over?.end ?? undefined
  return {
    ...{ kind, rows: Number(all?.number), overdue: Number(over?.number) },
    ...(oldest === undefined ? {} : { oldestEnd: Number(oldest) + ageMs }),
  }
}
