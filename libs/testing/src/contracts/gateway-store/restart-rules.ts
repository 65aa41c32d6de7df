/// <reference types="jest" />
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { ended, key, minuteMs, noon, type StoreBench, type TestState } from './store-bench.js'
import type { StorePlace } from './store-place.js'
import { writtenWhole } from './write-until-killed.js'

/** Each starts two processes, which is what takes the time; `npm run test:faults` has more of them. */
const rounds = Number(process.env['EMREX_FAULTS'] ?? 2)
const writingMs = 400

/** What holds across restarts, planned or not. */
export function restartRules({ close, create, open, place, store, transfers }: StoreBench): void {
  it('keeps everything when it is closed and opened again', async () => {
    const handle = { kind: 'session', value: 's-1' } as const
    const body = { name: 'answer', bytes: Buffer.from('body'), expiresAt: noon + minuteMs }
    const job = { queue: 'deliver', key: 'a', payload: 1 }
    const transfer = await create({
      handles: [handle],
      putBodies: [body],
      jobs: [job],
      audit: [{ event: 'ncp.asked' }],
    })
    const copy = { body: new Uint8Array([1, 2, 3]), etag: '"1"', fetchedAt: noon }
    await store().copies.put('list', copy)
    await close()

    const again = await open()
    expect(await again.transfers('smp').findByHandle('main', handle)).toEqual(transfer)
    expect(Buffer.from((await again.transfers('smp').body(transfer.id, 'answer'))!).toString()).toBe('body')
    expect((await again.jobs.counts('deliver')).ready).toBe(1)
    expect(await again.audit.list({})).toHaveLength(1)
    const kept = (await again.copies.get('list'))!
    expect({ ...kept, body: new Uint8Array(kept.body) }).toEqual(copy)
  })

  it('keeps one copy per list, the last one', async () => {
    expect(await store().copies.get('list')).toBeUndefined()
    await store().copies.put('list', { body: Buffer.from('old'), etag: '"1"', fetchedAt: noon })
    await store().copies.put('list', { body: Buffer.from('new'), fetchedAt: noon + 1 })
    const { body, ...rest } = (await store().copies.get('list'))!
    expect(Buffer.from(body).toString()).toBe('new')
    expect(rest).toEqual({ fetchedAt: noon + 1 })
  })

  it('answers a ping while it is open and not after it was closed', async () => {
    await store().ping()
    const closed = store()
    await close()
    await expect(closed.ping()).rejects.toThrow()
  })

  it('shows a change to everybody who has the store open, and lets nobody write over it', async () => {
    const beside = (await open()).transfers<TestState>('smp')
    const transfer = await create()
    const stale = (await beside.load(transfer.id))!
    await transfers().save(transfer, { state: ended })
    await expect(beside.save(stale, { state: ended })).rejects.toMatchObject({ code: 'TRANSFER_CHANGED' })
    expect((await beside.load(transfer.id))?.version).toBe(2)
  })

  it('loses nothing that it acknowledged, and keeps no half of anything, when two processes write and are killed', async () => {
    await close()
    const acknowledged: string[] = []
    for (let round = 0; round < rounds; round++) {
      const written = await Promise.all([writeAndKill(place()), writeAndKill(place())])
      expect(written.map((ids) => ids.length > 0)).toEqual([true, true])
      acknowledged.push(...written.flat())
      const whole = await writtenWhole(await open({ now: Date.now }))
      expect(whole.broken).toEqual([])
      expect(acknowledged.filter((id) => !whole.ids.has(id))).toEqual([])
      const audit = await place().verifyAudit?.(key)
      if (audit !== undefined) expect(audit).toEqual({ lines: whole.ids.size, problems: [] })
      await close()
    }
  }, 600_000)
}

/** The ids that a writer acknowledged before it was killed in the middle of its work. */
async function writeAndKill(place: StorePlace): Promise<readonly string[]> {
  const writer = place.startWriter(key)
  const ids: string[] = []
  const lines = createInterface({ input: writer.stdout! })
  lines.on('line', (id) => {
    if (ids.push(id) === 1) setTimeout(() => writer.kill('SIGKILL'), writingMs)
  })
  const [[, signal]] = await Promise.all([once(writer, 'exit'), once(lines, 'close')])
  expect(signal).toBe('SIGKILL')
  return ids
}
