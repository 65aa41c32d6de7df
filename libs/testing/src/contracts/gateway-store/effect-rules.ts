/// <reference types="jest" />
import { ended, key, minuteMs, noon, type StoreBench } from './store-bench.js'

const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString()

/** What holds for the effects that are written together with a state. */
export function effectRules({ clock, create, place, store, transfers }: StoreBench): void {
  const everything = (session: string) => ({
    handles: [{ kind: 'session' as const, value: session }],
    putBodies: [{ name: 'answer', bytes: Buffer.from('body'), expiresAt: noon + minuteMs }],
    jobs: [{ queue: 'deliver', key: session, payload: { transfer: session } }],
    audit: [{ event: 'answer.received' as const, facts: { bytes: 4 } }],
  })

  it('writes state, handle, body, job and audit together', async () => {
    const transfer = await create()
    await transfers().save(transfer, { state: ended }, everything('s-1'))
    expect((await transfers().findByHandle('main', { kind: 'session', value: 's-1' }))?.state).toEqual(ended)
    expect(text(await transfers().body(transfer.id, 'answer'))).toBe('body')
    expect((await store().jobs.counts('deliver')).ready).toBe(1)
    expect(await store().audit.list({ transfer: transfer.id })).toEqual([
      { at: noon, kind: 'smp', entry: 'main', transfer: transfer.id, event: 'answer.received', facts: { bytes: 4 } },
    ])
  })

  it('writes nothing at all when a handle is taken', async () => {
    await create({ handles: [{ kind: 'session', value: 'taken' }] })
    const transfer = await create()
    const failing = {
      ...everything('free'),
      handles: [
        { kind: 'session' as const, value: 'free' },
        { kind: 'session' as const, value: 'taken' },
      ],
    }
    await expect(transfers().save(transfer, { state: ended }, failing)).rejects.toMatchObject({ code: 'HANDLE_TAKEN' })
    expect(await transfers().load(transfer.id)).toEqual(transfer)
    expect(await transfers().findByHandle('main', { kind: 'session', value: 'free' })).toBeUndefined()
    expect(await transfers().body(transfer.id, 'answer')).toBeUndefined()
    expect(await store().jobs.counts('deliver')).toEqual({ ready: 0, running: 0, dead: 0 })
    expect(await store().audit.list({})).toEqual([])
    await expect(create(failing)).rejects.toMatchObject({ code: 'HANDLE_TAKEN' })
    expect(await transfers().list({ states: ['asked'] })).toHaveLength(2)
  })

  it('writes nothing at all when the lease of the job it finishes was lost', async () => {
    const transfer = await create(everything('s-1'))
    const claim = (owner: string) => store().jobs.claim('deliver', { owner, leaseSeconds: 60, limit: 1 })
    const [slow] = await claim('slow')
    clock.now += 2 * minuteMs
    const [quick] = await claim('quick')
    await expect(
      transfers().save(transfer, { state: ended }, { finishJob: slow!, audit: [{ event: 'import.delivered' }] }),
    ).rejects.toMatchObject({ code: 'LEASE_LOST' })
    expect(await transfers().load(transfer.id)).toEqual(transfer)
    expect(await store().audit.list({ event: 'import.delivered' })).toEqual([])
    await transfers().save(transfer, { state: ended }, { finishJob: quick! })
    expect(await store().jobs.counts('deliver')).toEqual({ ready: 0, running: 0, dead: 0 })
  })

  it('keeps a body under its name until it is dropped or replaced', async () => {
    const put = (name: string, value: string) => ({ name, bytes: Buffer.from(value), expiresAt: noon + minuteMs })
    const first = await create({ putBodies: [put('a', 'one'), put('b', 'two'), put('empty', '')] })
    const second = await transfers().save(
      first,
      { state: ended },
      { putBodies: [put('a', 'three')], dropBodies: ['b'] },
    )
    expect(text(await transfers().body(first.id, 'a'))).toBe('three')
    expect(await transfers().body(second.id, 'b')).toBeUndefined()
    expect(text(await transfers().body(first.id, 'empty'))).toBe('')
  })

  it('keeps a large body byte for byte', async () => {
    const bytes = new Uint8Array(5_000_000).map((_, index) => index * 31)
    const { id } = await create({ putBodies: [{ name: 'large', bytes, expiresAt: noon + minuteMs }] })
    expect(Buffer.compare((await transfers().body(id, 'large'))!, bytes)).toBe(0)
  })

  it('gives the audit in the order in which it was written, the newest lines when limited', async () => {
    const transfer = await create({ audit: [{ event: 'transfer.started' }, { event: 'ncp.asked' }] })
    const decision = {
      event: 'case.accepted' as const,
      code: 'COMPLETED' as const,
      author: 'Staff Person',
      reason: 'same birth date',
    }
    await transfers().save(transfer, { state: ended }, { audit: [decision] })
    const events = (await store().audit.list({ transfer: transfer.id })).map(({ event }) => event)
    expect(events).toEqual(['transfer.started', 'ncp.asked', 'case.accepted'])
    expect(await store().audit.list({ limit: 1 })).toMatchObject([decision])
    expect(await store().audit.list({ event: 'ncp.asked' })).toHaveLength(1)
    expect(await store().audit.list({ transfer: 'nobody' })).toEqual([])
  })
  it('links the evidence of each entry, and of each kind, into a chain that holds; one that was undone leaves no gap', async () => {
    const lines = [{ event: 'transfer.started' as const }, { event: 'case.accepted' as const, author: 'Staff Person' }]
    await create({ audit: lines })
    const transfer = await create({ audit: lines, handles: [{ kind: 'session', value: 'taken' }] })
    await expect(create({ audit: lines, handles: [{ kind: 'session', value: 'taken' }] })).rejects.toThrow()
    await transfers().save(transfer, { state: ended }, { audit: lines })
    await create({ audit: lines }, { entry: 'other' })
    const ofStaff = { entry: 'main', state: ended, browser: 'b', expiresAt: noon + minuteMs }
    await store().transfers<typeof ended>('staff').create(ofStaff, { audit: lines })
    const audit = await place().verifyAudit?.(key)
    if (audit !== undefined) expect(audit).toEqual({ lines: 10, problems: [] })
    expect(await store().audit.list({})).toHaveLength(10)
  })
}
