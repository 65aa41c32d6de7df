import type { CopyCache, Log } from '@emrex-gateway/core'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { createRegistry, type RegistryOptions, type RunningRegistry } from '../src/index.js'
import { catalogueText, withoutArmour, type CatalogueEntry } from './catalogue-text.js'
import { startListServer, type ListServer } from './list-server.js'

const minuteMs = 60_000
const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

let pem: string
let otherPem: string
let server: ListServer
let nowMs: number
let copies: CopyCache & { readonly rows: Map<string, unknown> }
const registries: RunningRegistry[] = []

beforeAll(async () => {
  const key = { type: 'ec', curve: 'P-256' } as const
  pem = (await makeThrowawaySigner({ key })).certificate
  otherPem = (await makeThrowawaySigner({ key })).certificate
})
beforeEach(async () => {
  server = await startListServer((_, response) => response.end(catalogue(['One', 'Two'])))
  nowMs = Date.parse('2025-03-01T12:00:00Z')
  copies = copiesInMemory()
})
afterEach(async () => {
  for (const registry of registries.splice(0)) registry.stop()
  await server.close()
})

type Copy = Awaited<ReturnType<CopyCache['get']>>
function copiesInMemory(): CopyCache & { readonly rows: Map<string, Copy> } {
  const rows = new Map<string, Copy>()
  return { rows, get: async (key) => rows.get(key), put: async (key, copy) => void rows.set(key, copy) }
}

function entry(name: string): CatalogueEntry {
  return { name, url: `https://${name.toLowerCase()}.example/`, certificates: [withoutArmour(pem)] }
}
const catalogue = (names: readonly string[]): string => catalogueText(names.map(entry))

function open(more: Partial<RegistryOptions> = {}): RunningRegistry {
  const registry = createRegistry({
    sources: [{ id: 'ewp', kind: 'ewp', url: server.url }],
    ...{ fetch, copies, log: silent, now: () => new Date(nowMs) },
    ...{ allowLoopbackHttp: true, timeoutSeconds: 5, ...more },
  })
  registries.push(registry)
  return registry
}
const later = (minutes: number): void => void (nowMs += minutes * minuteMs)
const namesOf = ({ entries }: { readonly entries: readonly { readonly name: string }[] }): string[] =>
  entries.map(({ name }) => name)
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const wholeList = (reason: string): object => ({ source: 'ewp', position: 'the whole list', reason })

describe('createRegistry', () => {
  it('fetches its lists, finds an NCP by id and names the countries', async () => {
    const registry = open()
    const snapshot = await registry.current()
    expect(namesOf(snapshot)).toEqual(['One', 'Two'])
    expect(snapshot).toMatchObject({ stale: false, fetchedAt: nowMs, skipped: [] })
    expect(snapshot.countries).toEqual([{ code: 'NO', name: 'Norway' }])
    expect((await registry.find(snapshot.entries[1]?.id ?? ''))?.name).toBe('Two')
    expect(await registry.find('unknown')).toBeUndefined()
  })

  it('uses 49 of 50 entries when the first is poisoned, and says why one is missing', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `N${index + 1}`)
    const poisoned = [{ ...entry('N1'), url: 'javascript:alert(1)' }, ...names.slice(1).map(entry)]
    server.answerWith((_, response) => response.end(catalogueText(poisoned)))
    const snapshot = await open().current()
    expect(namesOf(snapshot)).toEqual(names.slice(1))
    expect(snapshot.skipped).toEqual([{ source: 'ewp', position: '1 (N1)', reason: 'its address is not https' }])
  })

  it('asks with the ETag of its copy and takes 304 for "as before", counted from now', async () => {
    server.answerWith((request, response) => {
      response.setHeader('etag', '"v1"')
      if (request.headers['if-none-match'] === '"v1"') response.writeHead(304).end()
      else response.end(catalogue(['One']))
    })
    const registry = open()
    await registry.current()
    later(15)
    const snapshot = await registry.refresh()
    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, '"v1"'])
    expect(namesOf(snapshot)).toEqual(['One'])
    expect(snapshot).toMatchObject({ fetchedAt: nowMs, skipped: [] })
  })

  it('keeps the ETag with the copy across a restart', async () => {
    server.answerWith((_, response) => response.setHeader('etag', '"v1"').end(catalogue(['One'])))
    await open().current()
    server.answerWith((_, response) => response.writeHead(304).end())
    later(15)
    expect(namesOf(await open().refresh())).toEqual(['One'])
    expect(server.requests.at(-1)?.headers['if-none-match']).toBe('"v1"')
  })

  it('takes a new list as a whole', async () => {
    const registry = open()
    const before = await registry.current()
    server.answerWith((_, response) => response.end(catalogue(['Three'])))
    later(15)
    expect(namesOf(await registry.refresh())).toEqual(['Three'])
    expect(namesOf(before)).toEqual(['One', 'Two'])
  })

  it('starts from the copy while the source is down, and tells how old it is', async () => {
    await open().current()
    const fetchedAt = nowMs
    await server.close()
    later(181)
    const registry = open()
    expect(namesOf(await registry.current())).toEqual(['One', 'Two'])
    const snapshot = await registry.refresh()
    expect(snapshot).toMatchObject({ stale: true, fetchedAt })
    expect(snapshot.skipped).toEqual([
      wholeList('it cannot be reached (ECONNREFUSED); the copy of 2025-03-01T12:00:00.000Z is used instead'),
    ])
  })

  it('calls a list stale only after its time', async () => {
    const registry = open({ staleAfterMinutes: 60 })
    await registry.current()
    await server.close()
    later(60)
    expect((await registry.refresh()).stale).toBe(false)
    later(1)
    expect((await registry.refresh()).stale).toBe(true)
  })

  it.each([
    [
      'a page in place of the list',
      '<html><body>Sorry</body></html>',
      200,
      'it is no EWP catalogue: its root element is "html"',
    ],
    ['an error', 'Sorry', 503, 'it answered with status 503'],
    ['304 to a question that it was not asked', '', 304, 'it answered with status 304'],
    ['an empty list', catalogueText([]), 200, 'it names no NCP that can be used'],
  ])('keeps the last good list and its copy when the source answers with %s', async (_, body, status, reason) => {
    const registry = open()
    await registry.current()
    server.answerWith((_request, response) => response.writeHead(status).end(body))
    later(15)
    const snapshot = await registry.refresh()
    expect(namesOf(snapshot)).toEqual(['One', 'Two'])
    expect(snapshot.skipped).toEqual([wholeList(`${reason}; the copy of 2025-03-01T12:00:00.000Z is used instead`)])
    expect(namesOf(await open().current())).toEqual(['One', 'Two'])
  })

  it('stops receiving a list of 50 MB as soon as it is too large', async () => {
    let sentBytes = 0
    server.answerWith((_, response) => {
      const chunk = Buffer.alloc(64 * 1024, 0x20)
      const send = (): void => {
        while (!response.destroyed && sentBytes < 50 * 1024 * 1024) {
          sentBytes += chunk.length
          if (!response.write(chunk)) return void response.once('drain', send)
        }
        response.end()
      }
      send()
    })
    const snapshot = await open({ maxBytes: 1024 * 1024 }).refresh()
    expect(snapshot.skipped).toEqual([wholeList('it is larger than 1048576 bytes')])
    expect(sentBytes).toBeLessThan(25 * 1024 * 1024)
  })

  it('gives up a source that begins to answer and does not end', async () => {
    server.answerWith((_, response) => response.write('<catalogue>'))
    const snapshot = await open({ timeoutSeconds: 0.3 }).refresh()
    expect(snapshot).toMatchObject({ entries: [], stale: false })
    expect(snapshot.fetchedAt).toBeUndefined()
    expect(snapshot.skipped).toEqual([wholeList('it gave no complete answer within 0.3 s')])
  })

  it('answers after a bounded wait when a slow source has nothing yet, and at once from a copy', async () => {
    const inTime = catalogue(['One'])
    server.answerWith((_, response) => void setTimeout(() => response.end(inTime), 1_000))
    const registry = open({ firstWaitSeconds: 0.1 })
    registry.start()
    expect((await registry.current()).entries).toEqual([])
    expect(namesOf(await registry.refresh())).toEqual(['One'])

    // Whoever waited for it now would wait longer than this test.
    server.answerWith(() => {})
    const restarted = open({ firstWaitSeconds: 60, timeoutSeconds: 60 })
    restarted.start()
    expect(namesOf(await restarted.current())).toEqual(['One'])
  })

  it('refuses a redirect to another host and follows one within the host', async () => {
    const elsewhere = await startListServer((_, response) => response.end(catalogue(['Stolen'])))
    server.answerWith((_, response) => response.writeHead(302, { location: elsewhere.url }).end())
    const registry = open()
    expect((await registry.refresh()).skipped).toEqual([wholeList('it redirects to another host')])
    expect(elsewhere.requests).toHaveLength(0)
    await elsewhere.close()

    server.answerWith((request, response) => {
      if (request.url === '/moved') response.end(catalogue(['Moved']))
      else response.writeHead(302, { location: '/moved' }).end()
    })
    later(15)
    expect(namesOf(await registry.refresh())).toEqual(['Moved'])

    server.answerWith((_, response) => response.writeHead(302, { location: '/list' }).end())
    later(15)
    expect((await registry.refresh()).skipped[0]?.reason).toMatch(/^it redirects again and again/)
  })

  it('asks a source at most once a minute, however often somebody wants it renewed', async () => {
    const registry = open()
    await registry.current()
    await Promise.all([registry.refresh(), registry.refresh()])
    expect(server.requests).toHaveLength(1)
    later(1)
    await Promise.all([registry.refresh(), registry.refresh()])
    expect(server.requests).toHaveLength(2)
  })

  it('renews itself between start and stop', async () => {
    let asked = 0
    const countingFetch: typeof fetch = (...parameters) => {
      asked += 1
      return fetch(...parameters)
    }
    const registry = open({ fetch: countingFetch, refreshMinutes: 0.02 / 60, minRefreshSeconds: 0 })
    registry.start()
    while (server.requests.length < 3) await pause(10)
    registry.stop()
    await pause(50)
    const askedAtStop = asked
    await pause(150)
    expect(asked).toBe(askedAtStop)
  })

  it('renews its lists when the clock was ahead and is set right', async () => {
    later(120)
    const registry = open()
    await registry.current()
    later(-120)
    server.answerWith((_, response) => response.end(catalogue(['One', 'Three'])))
    expect(namesOf(await registry.refresh())).toEqual(['One', 'Three'])
  })

  it('asks soon again for a list that was never read, and then in its rhythm', async () => {
    let isAway = true
    server.answerWith((_, response) => (isAway ? response.writeHead(503).end() : response.end(catalogue(['One']))))
    const registry = open({ now: () => new Date(), refreshMinutes: 60, minRefreshSeconds: 0.05 })
    registry.start()
    while (server.requests.length < 3) await pause(10)
    expect((await registry.current()).entries).toEqual([])
    isAway = false
    while ((await registry.current()).entries.length === 0) await pause(10)
    const asked = server.requests.length
    await pause(300)
    expect(server.requests).toHaveLength(asked)
    registry.stop()
  })

  it('makes one entry of an NCP that several sources name: the first name, all certificates', async () => {
    const url = 'https://one.example/'
    const fixed = { name: 'Ours', countryCode: 'SE', url, institutions: ['Town'], certificates: [otherPem, pem] }
    const emreg = { countries: [{ countryCode: 'SE', countryName: 'Sverige', singleFetch: 'true' }], emps: [] }
    const second = await startListServer((_, response) => response.end(JSON.stringify(emreg)))
    const snapshot = await open({
      sources: [
        { id: 'settings', kind: 'static', entries: [fixed, { name: 'Bad' }] },
        { id: 'ewp', kind: 'ewp', url: server.url },
        { id: 'emreg', kind: 'emreg', url: second.url },
      ],
    }).refresh()
    await second.close()
    expect(namesOf(snapshot)).toEqual(['Ours', 'Two'])
    expect(snapshot.entries[0]).toMatchObject({ countryCode: 'SE', institutions: ['Town'] })
    expect(snapshot.entries[0]?.certificates).toHaveLength(2)
    expect(snapshot.countries).toEqual([
      { code: 'NO', name: 'Norway' },
      { code: 'SE', name: 'Sverige', singleFetch: true },
    ])
    expect(snapshot.skipped).toEqual([
      { source: 'settings', position: '2 (Bad)', reason: 'it has no address' },
      { source: 'emreg', position: 'the whole list', reason: 'it names no NCP that can be used' },
    ])
  })

  it('goes on without copies when their store fails', async () => {
    const broken: CopyCache = {
      get: () => Promise.reject(new Error('down')),
      put: () => Promise.reject(new Error('down')),
    }
    expect(namesOf(await open({ copies: broken }).current())).toEqual(['One', 'Two'])
  })

  it('does not take up the copy of another address', async () => {
    await open().current()
    const moved = open({ sources: [{ id: 'ewp', kind: 'ewp', url: `${server.url}/elsewhere` }] })
    await server.close()
    expect((await moved.refresh()).entries).toEqual([])
  })

  it('refuses a source that is not https', async () => {
    const snapshot = await open({ allowLoopbackHttp: false }).refresh()
    expect(snapshot.skipped).toEqual([wholeList('its address is not https')])
    expect(server.requests).toHaveLength(0)
  })
})
