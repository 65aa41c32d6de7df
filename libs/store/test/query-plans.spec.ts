import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { openStore, type OpenedStore } from '../src/index.js'
import { dayMs, key, noon } from './audit-scene.js'

interface Asked {
  readonly sql: string
  readonly bindings: readonly Knex.Value[]
}

/** SQLite tells how it goes about a statement. A million transfers that are over must not be gone through. */
describe('what is asked every moment', () => {
  let knex: Knex
  let store: OpenedStore
  beforeAll(async () => {
    knex = openSqlite({ file: ':memory:' })
    store = await openStore({ knex, seal: { key }, now: () => noon })
  })
  afterAll(() => store.close())

  /** How SQLite reads each of these tables in all that is asked during some work. */
  const plans = async (tables: RegExp, work: () => Promise<unknown>) => {
    const asked: Asked[] = []
    const note = ({ sql, bindings }: Asked) =>
      void (/^\s*(select|with|update|delete)/i.test(sql) && asked.push({ sql, bindings }))
    knex.on('query', note)
    await work()
    knex.off('query', note)
    const steps: string[] = []
    for (const { sql, bindings } of asked) {
      const plan: { detail: string }[] = await knex.raw(`explain query plan ${sql}`, [...(bindings ?? [])])
      steps.push(...plan.map(({ detail }) => detail).filter((detail) => tables.test(detail)))
    }
    expect(steps).not.toEqual([])
    return steps
  }

  it('finds jobs by their state, so that those that are done are left alone', async () => {
    const steps = await plans(/emrex_job/, async () => {
      await store.jobs.claim('deliver:a', { owner: 'x', leaseSeconds: 60, limit: 1 })
      await store.jobs.dueSince('deliver:a')
      await store.jobs.counts('deliver:a')
      await store.jobs.dead('deliver:a')
    })
    expect(steps.filter((step) => !/emrex_job_by_turn \(queue=\? AND state=\?|INTEGER PRIMARY KEY/.test(step))).toEqual(
      [],
    )
  })

  it('goes from one queue to the next, whatever they hold', async () => {
    const steps = await plans(/emrex_job/, () => store.jobs.queues())
    expect(steps.filter((step) => !/^SEARCH emrex_job USING COVERING INDEX/.test(step))).toEqual([])
  })

  it('finds transfers, handles, bodies and evidence by an index', async () => {
    const smp = store.transfers<{ readonly state: string }>('smp')
    const handle = { kind: 'session', value: 's' } as const
    const steps = await plans(/emrex_(transfer|handle|body|audit|link|once|attempt)/, async () => {
      const fields = { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt: noon + dayMs }
      const body = { name: 'answer', bytes: Buffer.from('x'), expiresAt: noon + dayMs }
      const begun = await smp.create(fields, {
        handles: [handle],
        putBodies: [body],
        audit: [{ event: 'transfer.sent' }],
      })
      await smp.findByHandle('main', handle)
      await smp.body(begun.id, 'answer')
      const saved = await smp.save(
        begun,
        { state: { state: 'ended' } },
        { dropBodies: ['answer'], audit: [{ event: 'transfer.ended' }] },
      )
      await smp.list({ states: ['ended'] })
      await smp.expired(noon + dayMs, 10)
      await store.purge(noon)
      await smp.remove(saved.id)
    })
    expect(steps.filter((step) => step.startsWith('SCAN'))).toEqual([])
  })
})
