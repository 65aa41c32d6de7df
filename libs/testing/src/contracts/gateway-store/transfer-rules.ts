/// <reference types="jest" />
import { ended, minuteMs, noon, type StoreBench } from './store-bench.js'

/** What holds for transfers and their versions. */
export function transferRules({ clock, create, store, transfers }: StoreBench): void {
  it('gives back what was written, under a random id that can be read aloud', async () => {
    const first = await create()
    const second = await create()
    expect(first).toMatchObject({
      entry: 'main',
      version: 1,
      browser: 'browser-hash',
      createdAt: noon,
      updatedAt: noon,
    })
    expect(await transfers().load(first.id)).toEqual(first)
    // 27 of 30 letters and digits are 132 bits.
    expect(first.id).toMatch(/^[2-9A-HJKMNP-TV-Z]{27,}$/)
    expect(second.id).not.toBe(first.id)
  })

  it('knows nobody by an id that it never gave, and by an id of another kind', async () => {
    const { id } = await create()
    expect(await transfers().load('nobody')).toBeUndefined()
    // As an address may have it; PostgreSQL takes no text with a zero in it.
    expect(await transfers().load(`${id}\0`)).toBeUndefined()
    expect(await store().transfers('ncp').load(id)).toBeUndefined()
  })

  it('writes the next state as the next version and keeps what was not named', async () => {
    const transfer = await create()
    clock.now += minuteMs
    const saved = await transfers().save(transfer, { state: ended, browser: undefined })
    expect(saved).toEqual({ ...transfer, state: ended, version: 2, updatedAt: noon + minuteMs })
    expect(await transfers().load(transfer.id)).toEqual(saved)
    const moved = await transfers().save(saved, { state: ended, browser: 'other', expiresAt: noon + 2 })
    expect(await transfers().load(transfer.id)).toMatchObject({ browser: 'other', expiresAt: noon + 2, version: 3 })
    expect(moved.version).toBe(3)
  })

  it('lets one of twenty concurrent saves win', async () => {
    const transfer = await create()
    const saves = Array.from({ length: 20 }, (_, tab) =>
      transfers().save(
        transfer,
        { state: { state: 'asked', note: `tab ${tab}` } },
        { jobs: [{ queue: 'deliver', key: `tab ${tab}`, payload: null }] },
      ),
    )
    const results = await Promise.allSettled(saves)
    const won = results.filter((result) => result.status === 'fulfilled')
    const lost = results.filter((result) => result.status === 'rejected')
    expect(won).toHaveLength(1)
    expect(new Set(lost.map(({ reason }) => (reason as { code: string }).code))).toEqual(new Set(['TRANSFER_CHANGED']))
    expect(await transfers().load(transfer.id)).toEqual(won[0]!.value)
    expect((await store().jobs.counts('deliver')).ready).toBe(1)
  })

  it('refuses to save a transfer that was removed', async () => {
    const transfer = await create()
    await transfers().remove(transfer.id)
    await expect(transfers().save(transfer, { state: ended })).rejects.toMatchObject({ code: 'TRANSFER_CHANGED' })
    expect(await transfers().load(transfer.id)).toBeUndefined()
  })

  it('lists by entry and state, newest first', async () => {
    const ids: string[] = []
    for (const entry of ['main', 'other', 'main', 'main']) {
      ids.push((await create({}, { entry })).id)
      clock.now += 1
    }
    await transfers().save((await transfers().load(ids[3]!))!, { state: ended })
    const list = async (filter: Parameters<ReturnType<typeof transfers>['list']>[0]) =>
      (await transfers().list(filter)).map(({ id }) => id)
    expect(await list({ states: ['asked'] })).toEqual([ids[2], ids[1], ids[0]])
    expect(await list({ states: ['asked', 'ended'], entry: 'main', limit: 2 })).toEqual([ids[3], ids[2]])
    expect(await list({ states: [] })).toEqual([])
    expect(
      await store()
        .transfers('ncp')
        .list({ states: ['asked'] }),
    ).toEqual([])
  })
}
