import { defaults } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { Knex } from 'knex'
import { openStore, type OpenedStore } from '../src/index.js'
import { dayMs, key, noon } from './audit-scene.js'

describe('forgetDoneJobs', () => {
  let knex: Knex
  let store: OpenedStore
  let now = noon
  beforeEach(async () => {
    now = noon
    knex = openSqlite({ file: ':memory:' })
    store = await openStore({ knex, seal: { key }, now: () => now })
  })
  afterEach(() => store.close())

  const add = (queue: string, ...keys: string[]) =>
    store
      .transfers<{ readonly state: string }>('smp')
      .create(
        { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt: now + dayMs },
        { jobs: keys.map((name) => ({ queue, key: name, payload: null })) },
      )
  const claim = async (queue: string) => (await store.jobs.claim(queue, { owner: 'x', leaseSeconds: 60, limit: 1 }))[0]!
  const left = async () => (await knex('emrex_job').orderBy('id').pluck<string[]>('name')).join(' ')

  it('deletes in every queue what was done before, and nothing else however old it is', async () => {
    await add('deliver:a', 'done', 'dead', 'running', 'ready')
    await add('deliver:b', 'done too')
    await store.jobs.done(await claim('deliver:a'))
    await store.jobs.fail(await claim('deliver:a'), { code: 'SIS_DOWN' })
    await claim('deliver:a')
    await store.jobs.done(await claim('deliver:b'))
    expect(await store.forgetDoneJobs(noon)).toBe(0)
    expect(await store.forgetDoneJobs(noon + dayMs)).toBe(2)
    expect(await left()).toBe('dead running ready')
  })

  it('counts from when a job was done, and not from when it could have been', async () => {
    await add('deliver:a', 'waited')
    now += 60 * dayMs
    await store.jobs.done(await claim('deliver:a'))
    expect(await store.forgetDoneJobs(now - 30 * dayMs)).toBe(0)
    await add('deliver:a', 'waited')
    expect(await left()).toBe('waited')
    now += 31 * dayMs
    expect(await store.forgetDoneJobs(now - 30 * dayMs)).toBe(1)
  })

  it('and the chains prune more than one transaction takes', async () => {
    const many = defaults.retentionBatchRows + 5
    await add('deliver:a', ...Array.from({ length: many }, (_, index) => `${index}`))
    await knex('emrex_job').update({ state: 'done' })
    const audit = Array.from({ length: 105 }, () => ({ event: 'transfer.started' as const }))
    const fields = { entry: 'main', state: { state: 'begun' }, browser: 'b', expiresAt: now + dayMs }
    const lines = 10 * audit.length
    for (let at = 0; at < lines; at += audit.length)
      await store.transfers<{ readonly state: string }>('smp').create(fields, { audit })
    expect(lines).toBeGreaterThan(defaults.retentionBatchRows)
    expect(await store.forgetDoneJobs(noon + 1)).toBe(many)
    expect(await store.auditChain.prune(noon + 1)).toBe(lines)
    expect((await store.auditChain.verify()).problems).toEqual([])
  })
})
