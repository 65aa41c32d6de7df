/// <reference types="jest" />
import type { GatewayStore, LinkSubject } from '@emrex-gateway/core'
import { ended, key, minuteMs, noon, type StoreBench, type TestState } from './store-bench.js'

const session = { kind: 'session', value: 'session-1' } as const
const login: LinkSubject = { provider: 'login', issuer: 'issuer', subject: 'subject' }

/** What holds when two instances work on one place at the same moment: each thing happens once, whoever did it. */
export function instanceRules({ clock, create, open, place, store, transfers }: StoreBench): void {
  /** Does the same eight times at once, at the two in turn. */
  const atBoth = async <T>(work: (store: GatewayStore, index: number) => Promise<T>) => {
    const both = [store(), await open()] as const
    return Promise.allSettled(Array.from({ length: 8 }, (_, index) => work(both[index % 2]!, index)))
  }
  const wonBy = (settled: readonly PromiseSettledResult<unknown>[]) =>
    settled.filter((each) => each.status === 'fulfilled' && each.value !== false && each.value !== undefined).length
  const codes = (settled: readonly PromiseSettledResult<unknown>[]) =>
    new Set(settled.flatMap((each) => (each.status === 'rejected' ? (each.reason as { code: string }).code : [])))

  it('lets one of many saves win, and writes the effects of that one alone', async () => {
    const transfer = await create()
    const saves = await atBoth((each, index) =>
      each
        .transfers<TestState>('smp')
        .save(transfer, { state: ended }, { jobs: [{ queue: 'deliver', key: `${index}`, payload: null }] }),
    )
    expect([wonBy(saves), codes(saves)]).toEqual([1, new Set(['TRANSFER_CHANGED'])])
    expect((await store().jobs.counts('deliver')).ready).toBe(1)
  })

  it('links evidence that many write to one entry at the same moment into one chain without a gap', async () => {
    const writes = await atBoth(async (each, index) => {
      const own = each.transfers<TestState>('smp')
      const fields = { browser: 'b', expiresAt: noon + minuteMs }
      for (let round = 0; round < 5; round++) {
        const state = { state: 'asked', note: `${index}` } as const
        // Entries that nobody wrote to before, so that the beginnings meet as well.
        const entry = `entry-${round}`
        const begun = await own.create({ ...fields, entry, state }, { audit: [{ event: 'transfer.started' }] })
        await own.save(begun, { state: ended }, { audit: [{ event: 'ncp.asked' }, { event: 'transfer.ended' }] })
      }
      return true
    })
    expect(wonBy(writes)).toBe(8)
    const audit = await place().verifyAudit?.(key)
    if (audit !== undefined) expect(audit).toEqual({ lines: 8 * 5 * 3, problems: [] })
    expect(await store().audit.list({})).toHaveLength(8 * 5 * 3)
  })

  it('takes a handle once', async () => {
    const taken = await atBoth((each, index) =>
      each
        .transfers<TestState>('smp')
        .create(
          { entry: 'main', state: { state: 'asked', note: `${index}` }, browser: 'b', expiresAt: noon + minuteMs },
          { handles: [session] },
        ),
    )
    expect([wonBy(taken), codes(taken)]).toEqual([1, new Set(['HANDLE_TAKEN'])])
    expect(await transfers().list({ states: ['asked'] })).toHaveLength(1)
  })

  it('notes a value once within its scope, and again when its time is over', async () => {
    const note = (each: GatewayStore) => each.once('message', 'm-1', noon + minuteMs)
    expect([wonBy(await atBoth(note)), await store().once('other', 'm-1', noon + minuteMs)]).toEqual([1, true])
    clock.now = noon + minuteMs
    expect(wonBy(await atBoth((each) => each.once('message', 'm-1', clock.now + 1)))).toBe(1)
  })

  it('lets three of many attempts through, and one of two logins be linked to a student', async () => {
    expect(wonBy(await atBoth((each) => each.attempts.count(login, 'hav', 'typed')))).toBe(3)
    const link = {
      student: { person: 'person', institution: 'institution' },
      claims: [],
      proof: { by: 'code', sentTo: '' },
      loa: 'low',
    } as const
    const links = await atBoth((each, index) =>
      each.links.add({ ...login, subject: `${index}` }, 'hav', link, { tier1: false }),
    )
    expect(wonBy(links)).toBe(1)
  })

  it('counts each transfer once, when both add up what was counted', async () => {
    const transfer = await create({ counted: { language: 'en' } })
    const counts = async () => {
      const all = await store().statistics.counts({ from: 0, to: noon + 60 * minuteMs })
      return all.map(({ code, count }) => [code, count])
    }
    const begun = await atBoth(async (each) => {
      const fields = { entry: 'main', state: { state: 'asked', note: '' } as const, browser: 'b' }
      await each.transfers<TestState>('smp').create({ ...fields, expiresAt: noon + minuteMs }, { counted: {} })
      await Promise.all([each.statistics.rollUp(), each.statistics.rollUp()])
    })
    const saves = await atBoth(async (each) => {
      const change = { counted: { code: 'COMPLETED', stage: 'asked' } as const }
      await Promise.allSettled([each.statistics.rollUp()])
      return each.transfers<TestState>('smp').save(transfer, { state: ended }, change)
    })
    expect(begun.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 'fulfilled'))
    expect([wonBy(saves), new Set((await counts()).map((each) => each.join()))]).toEqual([
      1,
      new Set([',8', 'COMPLETED,1']),
    ])
  })

  it('adds a job once, gives it to one, and lets only that one finish it', async () => {
    await atBoth((each) =>
      each
        .transfers<TestState>('smp')
        .create(
          { entry: 'main', state: ended, browser: 'b', expiresAt: noon + minuteMs },
          { jobs: [{ queue: 'deliver', key: 'a', payload: null }] },
        ),
    )
    const claims = await atBoth((each, index) =>
      each.jobs.claim('deliver', { owner: `${index}`, leaseSeconds: 60, limit: 5 }),
    )
    const [job, ...more] = claims.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))
    expect(more).toEqual([])
    const finished = await atBoth((each) => each.jobs.done(job!).then(() => true))
    expect([wonBy(finished), codes(finished)]).toEqual([1, new Set(['LEASE_LOST'])])
  })
}
