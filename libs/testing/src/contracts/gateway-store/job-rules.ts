/// <reference types="jest" />
import type { LeasedJob } from '@emrex-gateway/core'
import { minuteMs, noon, type StoreBench } from './store-bench.js'

/** What holds for jobs: nothing lost, and nothing finished by two. */
export function jobRules({ clock, create, open, store }: StoreBench): void {
  const add = (...keys: string[]) => create({ jobs: keys.map((key) => ({ queue: 'deliver', key, payload: { key } })) })
  const claim = (owner = 'worker', limit = 10, queue = 'deliver'): Promise<readonly LeasedJob[]> =>
    store().jobs.claim(queue, { owner, leaseSeconds: 60, limit })
  const lost = { code: 'LEASE_LOST' }

  it('adds a job once for good, per queue', async () => {
    await add('a')
    await add('a')
    await create({ jobs: [{ queue: 'other', key: 'a', payload: 1 }] })
    const [job, ...more] = await claim()
    expect(more).toEqual([])
    await store().jobs.done(job!)
    await add('a')
    expect(await claim()).toEqual([])
    expect(await claim('worker', 10, 'other')).toHaveLength(1)
  })

  it('gives what is due, in its turn and up to the limit', async () => {
    await create({ jobs: [{ queue: 'deliver', key: 'later', payload: null, runAt: noon + minuteMs }] })
    await add('a', 'b', 'c')
    const [first, second, ...more] = await claim('worker', 2)
    expect(first).toMatchObject({
      key: 'a',
      payload: { key: 'a' },
      attempts: 1,
      owner: 'worker',
      leasedUntil: noon + minuteMs,
    })
    expect([second?.key, more]).toEqual(['b', []])
    clock.now = noon + minuteMs - 1
    expect((await claim()).map(({ key }) => key)).toEqual(['c'])
    expect(await store().jobs.counts('deliver')).toEqual({ ready: 1, running: 3, dead: 0 })
  })

  it('tells since when the job that waits longest could have been done', async () => {
    expect(await store().jobs.dueSince('deliver')).toBeUndefined()
    await create({ jobs: [{ queue: 'deliver', key: 'later', payload: null, runAt: noon + minuteMs }] })
    expect(await store().jobs.dueSince('deliver')).toBeUndefined()
    clock.now = noon + 5 * minuteMs
    await add('a')
    expect(await store().jobs.dueSince('deliver')).toBe(noon + minuteMs)
    const [job] = await claim('worker', 1)
    expect(job?.key).toBe('later')
    await store().jobs.done(job!)
    expect(await store().jobs.dueSince('deliver')).toBe(noon + 5 * minuteMs)
    expect(await store().jobs.dueSince('other')).toBeUndefined()
  })

  it('names the queues that hold jobs, each once, also where all are done', async () => {
    expect(await store().jobs.queues()).toEqual([])
    await add('a', 'b')
    await create({ jobs: ['z:last', 'a:first'].map((queue) => ({ queue, key: 'a', payload: null })) })
    const [job] = await claim('worker', 1, 'z:last')
    await store().jobs.done(job!)
    expect(await store().jobs.queues()).toEqual(['a:first', 'deliver', 'z:last'])
  })

  it('gives each job to one of many workers that ask at the same time', async () => {
    await add(...Array.from({ length: 30 }, (_, number) => `job ${number}`))
    const beside = await open()
    const workers = Array.from({ length: 10 }, (_, number) =>
      (number % 2 === 0 ? store() : beside).jobs.claim('deliver', {
        owner: `worker ${number}`,
        leaseSeconds: 60,
        limit: 5,
      }),
    )
    const ids = (await Promise.all(workers)).flat().map(({ id }) => id)
    expect(ids).toHaveLength(30)
    expect(new Set(ids).size).toBe(30)
  })

  it('gives a job to another worker when the lease has run out, and lets only that one finish', async () => {
    await add('a')
    const [slow] = await claim('slow')
    clock.now += minuteMs - 1
    expect(await claim('quick')).toEqual([])
    clock.now += 1
    const [quick] = await claim('quick')
    expect(quick).toMatchObject({ id: slow!.id, attempts: 2, owner: 'quick' })
    await expect(store().jobs.done(slow!)).rejects.toMatchObject(lost)
    await expect(store().jobs.fail(slow!, { code: 'SIS_DOWN' })).rejects.toMatchObject(lost)
    await expect(store().jobs.extend(slow!, 60)).rejects.toMatchObject(lost)
    await store().jobs.done(quick!)
    await expect(store().jobs.done(quick!)).rejects.toMatchObject(lost)
  })

  it('tells two leases of one worker apart', async () => {
    await add('a')
    const [before] = await claim()
    clock.now += minuteMs
    const [after] = await claim()
    await expect(store().jobs.done(before!)).rejects.toMatchObject(lost)
    await store().jobs.done(after!)
  })

  it('keeps a job with its worker while the lease is extended', async () => {
    await add('a')
    const [job] = await claim()
    clock.now += minuteMs / 2
    const extended = await store().jobs.extend(job!, 60)
    expect(extended).toEqual({ ...job, leasedUntil: clock.now + minuteMs })
    clock.now = noon + minuteMs
    expect(await claim('other')).toEqual([])
    await store().jobs.done(extended)
  })

  it('tries again at the time that the failure names', async () => {
    await add('a')
    const [job] = await claim()
    await store().jobs.fail(job!, { code: 'SIS_DOWN', retryAt: noon + minuteMs })
    clock.now = noon + minuteMs - 1
    expect(await claim()).toEqual([])
    clock.now += 1
    expect(await claim()).toMatchObject([{ key: 'a', attempts: 2 }])
  })

  it('keeps a dead job with its reason until somebody puts it back', async () => {
    await add('a')
    const [job] = await claim()
    await store().jobs.fail(job!, { code: 'SIS_REJECTED' })
    expect(await claim()).toEqual([])
    const dead = { id: job!.id, queue: 'deliver', key: 'a', payload: { key: 'a' }, attempts: 1, code: 'SIS_REJECTED' }
    expect(await store().jobs.dead('deliver')).toEqual([dead])
    expect(await store().jobs.dead('other')).toEqual([])
    expect(await store().jobs.counts('deliver')).toEqual({ ready: 0, running: 0, dead: 1 })
    await store().jobs.requeue(job!.id)
    expect(await store().jobs.dead('deliver')).toEqual([])
    expect(await claim()).toMatchObject([{ key: 'a', attempts: 1 }])
  })

  it('puts back nothing that is not dead', async () => {
    await add('a')
    const [job] = await claim()
    await store().jobs.requeue(job!.id)
    expect(await claim('other')).toEqual([])
    await store().jobs.done(job!)
    await store().jobs.requeue(job!.id)
    expect(await claim()).toEqual([])
  })
}
