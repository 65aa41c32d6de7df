/// <reference types="jest" />
import { ended, key, minuteMs, noon, type StoreBench } from './store-bench.js'

const otherKey = new Uint8Array(32).fill(8)

/** What holds against somebody who has the database and not the key. */
export function sealRules({ close, create, open, place, store, transfers }: StoreBench): void {
  const canaries = ['canary-state', 'canary-body', 'canary-handle', 'canary-author', 'canary-reason']
  const body = (value: string) => ({ name: 'answer', bytes: Buffer.from(value), expiresAt: noon + minuteMs })
  const session = { kind: 'session', value: 'canary-handle' } as const

  it('leaves no word of state, body, handle or staff readable at rest', async () => {
    const staff = { event: 'case.accepted' as const, author: 'canary-author', reason: 'canary-reason' }
    const transfer = await create(
      { putBodies: [body('canary-body')], handles: [session], audit: [staff] },
      { note: 'canary-state' },
    )
    const readable = transfer.id
    const found = async () => {
      const bytes = Buffer.from(await place().bytesAtRest())
      return { readable: bytes.includes(readable), canaries: canaries.filter((canary) => bytes.includes(canary)) }
    }
    // The id must be found: it proves that the right bytes were searched.
    expect(await found()).toEqual({ readable: true, canaries: [] })
    expect(await store().audit.list({})).toMatchObject([staff])
    await close()
    expect(await found()).toEqual({ readable: true, canaries: [] })
  })

  it('does not open with another key, and says so', async () => {
    await close()
    await expect(open({ key: otherKey })).rejects.toThrow(/key/)
    await expect(open({ key: new Uint8Array(16) })).rejects.toThrow(/32 bytes/)
  })

  it('opens what a previous key sealed, and keeps a handle taken under the new one', async () => {
    const transfer = await create({ handles: [session], putBodies: [body('body')] })
    await close()
    const renewed = (await open({ key: otherKey, previousKeys: [key] })).transfers<typeof transfer.state>('smp')
    expect(await renewed.findByHandle('main', session)).toEqual(transfer)
    const again = { entry: 'main', state: transfer.state, browser: 'b', expiresAt: noon }
    await expect(renewed.create(again, { handles: [session] })).rejects.toMatchObject({ code: 'HANDLE_TAKEN' })
    await renewed.save(transfer, { state: ended }, { putBodies: [body('new')] })
    await close()
    const retired = (await open({ key: otherKey })).transfers('smp')
    expect((await retired.load(transfer.id))?.state).toEqual(ended)
    expect(await retired.body(transfer.id, 'answer')).toBeDefined()
  })

  it('lets no transfer that does not open hide those that do; it goes when its time is over, unless it is decided', async () => {
    const gone = await create({ putBodies: [body('one')], handles: [session] }, { expiresAt: noon })
    const fields = { entry: 'main', state: { state: 'decided' }, browser: 'b', expiresAt: noon }
    const promise = await store()
      .transfers<typeof fields.state>('smp')
      .create(fields, { putBodies: [body('two')] })
    await close()
    const renewed = await open({ key: otherKey, previousKeys: [key] })
    const readable = await renewed.transfers('smp').create({ ...fields, expiresAt: noon + 1 })
    await close()
    const without = await open({ key: otherKey })
    const ids = async (limit: number) => (await without.transfers('smp').expired(noon + 1, limit)).map(({ id }) => id)
    expect([await ids(1), await ids(9)]).toEqual([[readable.id], [readable.id]])
    const listed = await without.transfers('smp').list({ states: ['decided'] })
    expect(listed.map(({ id }) => id)).toEqual([readable.id])
    expect(await without.purge(noon - 1)).toMatchObject({ unreadable: 0, unreadableKept: 0 })
    expect(await without.purge(noon + 1)).toMatchObject({ unreadable: 1, unreadableKept: 1 })
    // It is spoken of once a day.
    expect(await without.purge(noon + 1)).toMatchObject({ unreadable: 0, unreadableKept: 0 })
    await close()
    const again = (await open({ key: otherKey, previousKeys: [key] })).transfers('smp')
    expect([await again.load(gone.id), await again.findByHandle('main', session)]).toEqual([undefined, undefined])
    expect((await again.load(promise.id))?.state).toEqual(fields.state)
    expect(await again.body(promise.id, 'answer')).toEqual(Buffer.from('two'))
    expect(await again.load(readable.id)).toBeDefined()
  })

  it('refuses states and bodies that were swapped between transfers', async () => {
    const first = await create({ putBodies: [body('one')] })
    const second = await create({ putBodies: [body('two')] })
    await place().swapSealed('body', first.id, second.id)
    await expect(transfers().body(first.id, 'answer')).rejects.toMatchObject({ code: 'INTERNAL' })
    expect((await transfers().load(first.id))?.id).toBe(first.id)
    await place().swapSealed('state', first.id, second.id)
    await expect(transfers().load(second.id)).rejects.toMatchObject({ code: 'INTERNAL' })
  })
}
