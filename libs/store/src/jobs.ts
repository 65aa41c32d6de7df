import { defaults, EmrexError, type JobQueue, type JsonValue, type LeasedJob, type NewJob } from '@emrex-gateway/core'
import type { Knex } from 'knex'
import type { StoreContext } from './store-context.js'

interface JobRow {
  readonly id: number
  readonly queue: string
  readonly name: string
  readonly payload: string
  readonly state: 'ready' | 'running' | 'done' | 'dead'
  readonly attempts: number
  readonly run_at: number
  readonly leased_until: number | null
  readonly owner: string | null
  readonly code: string | null
}

/** Adds jobs in the caller's transaction; one whose queue and key are known already changes nothing. */
export async function addJobs({ now }: StoreContext, trx: Knex.Transaction, jobs: readonly NewJob[]): Promise<void> {
  for (const { queue, key, payload, runAt } of jobs) {
    const row = {
      queue,
      name: key,
      payload: JSON.stringify(payload),
      state: 'ready',
      attempts: 0,
      run_at: runAt ?? now(),
    } as const
    await trx<JobRow>('emrex_job').insert(row).onConflict(['queue', 'name']).ignore()
  }
}

/**
 * Changes a job that the caller holds. `attempts` grows with every claim, so a worker that lost its lease to another
 * one, even to itself, does not match any more.
 *
 * @throws {EmrexError} LEASE_LOST
 */
export async function changeHeldJob(
  db: Knex,
  { id, owner, attempts }: LeasedJob,
  change: Partial<JobRow>,
): Promise<void> {
  const changed = await db<JobRow>('emrex_job').where({ id, owner, attempts, state: 'running' }).update(change)
  if (changed !== 1) throw new EmrexError('LEASE_LOST')
}

/** What `done` writes; also used by a save that finishes a job. From then on it counts how long the row is kept. */
export const finished = (now: number): Partial<JobRow> => ({
  ...{ state: 'done', owner: null, leased_until: null },
  run_at: now,
})

// Materialized, so that PostgreSQL chooses once: it may run a subselect again and again, and then passes the limit. The
// states are named first: else SQLite goes through all jobs of the queue, of which nearly all are done.
const claimSql = (skipLocked: string) => `
  with due as materialized (
    select id from emrex_job
    where queue = :queue and state in ('ready', 'running')
      and ((state = 'ready' and run_at <= :now) or (state = 'running' and leased_until <= :now))
    order by run_at, id limit :limit ${skipLocked}
  )
  update emrex_job set state = 'running', attempts = attempts + 1, owner = :owner, leased_until = :leasedUntil
  where id in (select id from due)
  returning *`

/** Jobs that are done at least once: a worker that died gives its lease back by time. */
export function jobQueue({ knex, dialect, now }: StoreContext): JobQueue {
  const jobs = () => knex<JobRow>('emrex_job')
  const leaseEnd = (leaseSeconds: number) => now() + leaseSeconds * 1000
  return {
    async claim(queue, { owner, leaseSeconds, limit }) {
      const bindings = { queue, owner, limit, now: now(), leasedUntil: leaseEnd(leaseSeconds) }
      const rows = dialect.rowsOf<JobRow>(await knex.raw(claimSql(dialect.skipLocked), bindings))
      return rows.sort(byTurn).map((row) => ({ ...readJob(row), owner, leasedUntil: Number(row.leased_until) }))
    },
    async extend(job, leaseSeconds) {
      const leasedUntil = leaseEnd(leaseSeconds)
      await changeHeldJob(knex, job, { leased_until: leasedUntil })
      return { ...job, leasedUntil }
    },
    async done(job) {
      await changeHeldJob(knex, job, finished(now()))
    },
    async fail(job, { code, retryAt }) {
      const next = retryAt === undefined ? { state: 'dead' as const } : { state: 'ready' as const, run_at: retryAt }
      await changeHeldJob(knex, job, { ...next, code, owner: null, leased_until: null })
    },
    async dead(queue) {
      const rows = await jobs().where({ queue, state: 'dead' }).orderBy('id')
      return rows.map((row) => ({ ...readJob(row), code: row.code ?? '' }))
    },
    async requeue(id) {
      await jobs().where({ id, state: 'dead' }).update({ state: 'ready', attempts: 0, run_at: now(), code: null })
    },
    async dueSince(queue) {
      const row = await jobs()
        .where({ queue })
        .where((due) => void due.where({ state: 'ready' }).orWhere({ state: 'running' }))
        .where('run_at', '<=', now())
        .min<{ since: number | null }>({ since: 'run_at' })
        .first()
      const since = row?.since ?? undefined
      return since === undefined ? undefined : Number(since)
    },
    async queues() {
      const queues: string[] = []
      // From one to the next by the index: most jobs are done, and a queue holds many.
      for (;;) {
        const later = jobs().where('queue', '>', queues.at(-1) ?? '')
        const [row] = await later.min<{ next: string | null }[]>({ next: 'queue' })
        if (typeof row?.next !== 'string') return queues
        queues.push(row.next)
      }
    },
    async counts(queue) {
      // Those that are done are many, and nobody asks how many: they are not even looked at.
      const open = jobs().where({ queue }).whereIn('state', ['ready', 'running', 'dead'])
      const rows = await open.groupBy('state').select('state').count({ number: '*' })
      const count = (state: string) => Number(rows.find((row) => row.state === state)?.number ?? 0)
      return { ready: count('ready'), running: count('running'), dead: count('dead') }
    },
  }
}

/**
 * Deletes jobs that were done before an instant (epoch milliseconds), some at a time; those that wait, run or were given
 * up stay. Gives how many went. A key can be added anew then: whoever must know for good what was done notes it elsewhere.
 */
export async function forgetDoneJobs({ knex }: StoreContext, before: number): Promise<number> {
  let count = 0
  // Queue by queue, because the index begins with it.
  for (const { queue } of await knex<JobRow>('emrex_job').distinct('queue')) {
    const old = () => knex<JobRow>('emrex_job').where({ queue, state: 'done' }).where('run_at', '<', before)
    for (;;) {
      const gone = await old().whereIn('id', old().select('id').limit(defaults.retentionBatchRows)).delete()
      count += gone
      if (gone < defaults.retentionBatchRows) break
    }
  }
  return count
}

const byTurn = (a: JobRow, b: JobRow): number => Number(a.run_at) - Number(b.run_at) || Number(a.id) - Number(b.id)

const readJob = ({ id, queue, name, payload, attempts }: JobRow) => ({
  id: Number(id),
  queue,
  key: name,
  payload: JSON.parse(payload) as JsonValue,
  attempts: Number(attempts),
})
