/// <reference types="jest" />
import type { Count, CountChange } from '@emrex-gateway/core'
import { ended, minuteMs, noon, type StoreBench } from './store-bench.js'

const all = { from: 0, to: noon + 1_000 * 60 * minuteMs }
const norway: CountChange = { country: 'NO', partner: 'https://ncp.example.no/', language: 'en' }
const over: CountChange = { code: 'COMPLETED', stage: 'asked' }

/** Every transfer that is counted stands in one place at any time; nothing is lost, and nothing is counted twice. */
export function statisticsRules({ clock, create, store, transfers }: StoreBench): void {
  const placesOf = async () => (await store().statistics.counts(all)).map(shortOf)

  it('counts a transfer in the hour of its begin, where it stands now', async () => {
    clock.now = noon + 59 * minuteMs
    const transfer = await create({ counted: norway })
    expect(await store().statistics.counts(all)).toEqual([
      { hour: noon, kind: 'smp', entry: 'main', ...norway, code: '', stage: '', count: 1 },
    ])
    clock.now += 30 * minuteMs
    await transfers().save(transfer, { state: ended }, { counted: over })
    expect(await store().statistics.counts(all)).toEqual([
      { hour: noon, kind: 'smp', entry: 'main', ...norway, ...over, count: 1 },
    ])
  })

  it('keeps the first end, and what a later change does not name', async () => {
    const transfer = await create({ counted: { language: 'sv' } })
    const asked = await transfers().save(
      transfer,
      { state: transfer.state },
      { counted: { country: 'FI', partner: 'a' } },
    )
    const done = await transfers().save(asked, { state: ended }, { counted: over })
    await transfers().save(done, { state: ended }, { counted: { code: 'USER_GONE', partner: 'b' } })
    expect(await placesOf()).toEqual(['sv FI a COMPLETED asked 1'])
  })

  it('counts nothing for a save that loses, for a transfer that fails to be made, and for one made without it', async () => {
    const handles = [{ kind: 'session', value: 'once' } as const]
    const transfer = await create({ counted: norway, handles })
    await expect(create({ counted: norway, handles })).rejects.toMatchObject({ code: 'HANDLE_TAKEN' })
    await transfers().save(transfer, { state: transfer.state })
    await expect(transfers().save(transfer, { state: ended }, { counted: over })).rejects.toMatchObject({
      code: 'TRANSFER_CHANGED',
    })
    const silent = await create()
    await transfers().save(silent, { state: ended }, { counted: over })
    expect(await placesOf()).toEqual([`en NO ${norway.partner}   1`])
  })

  it('gives a transfer that is removed under way an end', async () => {
    const [left, done] = [await create({ counted: norway }), await create({ counted: norway })]
    await transfers().save(done, { state: ended }, { counted: over })
    for (const { id } of [left, done, left]) await transfers().remove(id)
    expect(await placesOf()).toEqual([
      `en NO ${norway.partner} COMPLETED asked 1`,
      `en NO ${norway.partner} USER_GONE removed 1`,
    ])
  })

  it('tells the same before and after it was added up, by time, kind and entry', async () => {
    const step = async (minutes: number, entry: string) => {
      clock.now = noon + minutes * minuteMs
      const transfer = await create({ counted: norway }, { entry })
      if (minutes % 2 === 0) await transfers().save(transfer, { state: ended }, { counted: over })
    }
    for (const [minutes, entry] of [
      [0, 'main'],
      [1, 'main'],
      [60, 'main'],
      [61, 'other'],
      [122, 'other'],
    ] as const)
      await step(minutes, entry)
    const look = async () => ({
      all: await store().statistics.counts(all),
      hour: await store().statistics.counts({ from: noon, to: noon + 60 * minuteMs }),
      other: await store().statistics.counts({ ...all, kind: 'smp', entry: 'other' }),
      ncp: await store().statistics.counts({ ...all, kind: 'ncp' }),
    })
    const before = await look()
    expect([sumOf(before.all), sumOf(before.hour), sumOf(before.other), sumOf(before.ncp)]).toEqual([5, 2, 2, 0])
    expect(await store().statistics.rollUp()).toBe(11)
    expect(await look()).toEqual(before)
    await step(0, 'main')
    expect(await store().statistics.rollUp()).toBe(3)
    expect(await store().statistics.rollUp()).toBe(0)
    expect(sumOf((await look()).hour)).toBe(3)
  })

  it('loses nothing when many transfers begin, end and are added up at the same moment', async () => {
    let rounds = 0
    const work = Array.from({ length: 24 }, async (_, index) => {
      const transfer = await create({ counted: norway })
      if (index % 3 !== 0) await transfers().save(transfer, { state: ended }, { counted: over })
      await store().statistics.rollUp()
      rounds += 1
      expect(sumOf(await store().statistics.counts(all))).toBeLessThanOrEqual(24)
    })
    await Promise.all(work)
    expect([rounds, await placesOf()]).toEqual([
      24,
      [`en NO ${norway.partner}   8`, `en NO ${norway.partner} COMPLETED asked 16`],
    ])
  })
}

const sumOf = (counts: readonly Count[]): number => counts.reduce((sum, { count }) => sum + count, 0)
const shortOf = ({ language, country, partner, code, stage, count }: Count): string =>
  [language, country, partner, code, stage, count].join(' ')
