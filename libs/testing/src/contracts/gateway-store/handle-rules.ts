/// <reference types="jest" />
import { minuteMs, noon, type StoreBench } from './store-bench.js'

/** What holds for handles: the values by which a message from outside finds its transfer. */
export function handleRules({ clock, create, store, transfers }: StoreBench): void {
  const session = { kind: 'session', value: 'session-1' } as const
  const login = { kind: 'login', value: 'session-1' } as const

  it('finds the transfer by its handle, and only by the whole of it', async () => {
    const transfer = await create({ handles: [session] })
    expect(await transfers().findByHandle('main', session)).toEqual(transfer)
    expect(await transfers().findByHandle('main', login)).toBeUndefined()
    expect(await transfers().findByHandle('other', session)).toBeUndefined()
    expect(await transfers().findByHandle('main', { ...session, value: 'session-2' })).toBeUndefined()
    expect(await store().transfers('ncp').findByHandle('main', session)).toBeUndefined()
  })

  it('takes a handle once, however many arrive at the same time', async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => create({ handles: [session] })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await transfers().list({ states: ['asked'] })).toHaveLength(1)
  })

  it('takes the same value again for another kind and another entry', async () => {
    await create({ handles: [session, login] })
    const other = await create({ handles: [session] }, { entry: 'other' })
    expect((await transfers().findByHandle('other', session))?.id).toBe(other.id)
  })

  it('removes transfer, bodies and handles together and leaves the audit', async () => {
    const body = { name: 'answer', bytes: Buffer.from('body'), expiresAt: noon + minuteMs }
    const { id } = await create({ handles: [session], putBodies: [body], audit: [{ event: 'transfer.ended' }] })
    await transfers().remove(id)
    expect(await transfers().load(id)).toBeUndefined()
    expect(await transfers().findByHandle('main', session)).toBeUndefined()
    expect(await transfers().body(id, 'answer')).toBeUndefined()
    expect(await store().audit.list({ transfer: id })).toHaveLength(1)
    await create({ handles: [session] })
  })

  it('keeps a handle that has an end of its own until then, past its transfer', async () => {
    const document = { kind: 'document', value: 'digest', expiresAt: noon + minuteMs } as const
    const { id } = await create({ handles: [document] })
    await transfers().remove(id)
    expect(await transfers().findByHandle('main', document)).toBeUndefined()
    await expect(create({ handles: [document] })).rejects.toMatchObject({ code: 'HANDLE_TAKEN' })
    clock.now = noon + minuteMs
    await create({ handles: [{ ...document, expiresAt: noon + 2 * minuteMs }] })
  })

  it('gives the transfers whose time has run out, oldest end first, whatever their state', async () => {
    const late = await create({}, { expiresAt: noon + 2 })
    const early = await create({}, { expiresAt: noon + 1 })
    await create({}, { expiresAt: noon + 3 })
    const ids = async (now: number, limit: number) => (await transfers().expired(now, limit)).map(({ id }) => id)
    expect(await ids(noon, 10)).toEqual([])
    expect(await ids(noon + 2, 10)).toEqual([early.id, late.id])
    expect(await ids(noon + 2, 1)).toEqual([early.id])
    expect(
      await store()
        .transfers('staff')
        .expired(noon + 9, 10),
    ).toEqual([])
  })

  it('gives those of one entry alone, however many of others ran out before', async () => {
    for (let at = 1; at <= 3; at++) await create({}, { entry: 'gone', expiresAt: noon + at })
    const own = await create({}, { expiresAt: noon + 4 })
    const ids = async (entry?: string) => (await transfers().expired(noon + 9, 2, entry)).map(({ id }) => id)
    expect(await ids('main')).toEqual([own.id])
    expect(await ids('gone')).toHaveLength(2)
    expect(await ids()).not.toContain(own.id)
  })

  it('purges bodies and handles whose time has run out and nothing else', async () => {
    const short = { name: 'short', bytes: Buffer.from('1'), expiresAt: noon + 1 }
    const long = { name: 'long', bytes: Buffer.from('2'), expiresAt: noon + minuteMs }
    const { id } = await create({
      putBodies: [short, long],
      handles: [session, { kind: 'login', value: 'l-1', expiresAt: noon + 1 }],
    })
    expect((await store().purge(noon)).bodies).toBe(0)
    expect((await store().purge(noon + 1)).bodies).toBe(1)
    expect(await transfers().body(id, 'short')).toBeUndefined()
    expect(await transfers().body(id, 'long')).toBeDefined()
    expect(await transfers().findByHandle('main', { kind: 'login', value: 'l-1' })).toBeUndefined()
    expect((await transfers().findByHandle('main', session))?.id).toBe(id)
  })

  it('gives no body and finds no handle after their end, purged or not', async () => {
    const { id } = await create({
      putBodies: [{ name: 'answer', bytes: Buffer.from('body'), expiresAt: noon + 1 }],
      handles: [{ kind: 'login', value: 'l-1', expiresAt: noon + 1 }],
    })
    clock.now = noon + 1
    expect(await transfers().body(id, 'answer')).toBeUndefined()
    expect(await transfers().findByHandle('main', { kind: 'login', value: 'l-1' })).toBeUndefined()
  })
}
