import { sessionLogin, type Log } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { createNcp, keepTidy, type NcpState } from '@emrex-gateway/ncp'
import { openStore } from '@emrex-gateway/store'
import { makeThrowawaySigner, until } from '@emrex-gateway/testing'

const clock = { now: Date.UTC(2026, 0, 5, 9) }
const now = () => new Date(clock.now)
const knex = openSqlite({ file: ':memory:' })
const store = await openStore({ knex, seal: { key: new Uint8Array(32).fill(7) }, now: () => clock.now })
afterAll(() => store.close())

const transfers = store.transfers<NcpState>('ncp')
const begin = (entry: string, expiresAt: number) =>
  transfers.create({
    ...{ entry, browser: '', expiresAt },
    state: {
      state: 'requested',
      request: {
        ...{ sessionId: `s-${expiresAt}`, receivedAt: now().toISOString() },
        receiver: { kind: 'ask', returnUrl: new URL('https://receiver.example/return') },
      } as never,
    },
  })

const { privateKey, certificate } = await makeThrowawaySigner({ commonName: 'Campus NCP' })
const ncp = createNcp({
  ...{ id: 'university', title: 'University', origin: 'http://localhost:3000', store, now },
  logins: [sessionLogin({ id: 'campus', label: 'Campus', personOf: () => undefined, loginPage: () => '/login' })],
  sources: [
    { id: 'campus', title: 'Campus', source: { results: () => Promise.reject(new Error('nobody asks')) } } as never,
  ],
  signingKey: { privateKey, certificate },
  receivers: { allowLoopbackHttp: true },
})

/** One round of the tidying; gives what it logged. */
async function tidyOnce(isDone: () => Promise<boolean>): Promise<readonly string[]> {
  const told: string[] = []
  const note = (event: string) => void told.push(event)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  const stop = keepTidy([ncp], { store, now, log })
  await until(isDone)
  stop()
  return told
}
const stateOf = async (id: string) => (await transfers.load(id))?.state.state

describe('the tidying of an embedded NCP', () => {
  it('ends its own transfers behind a hundred of an entry that is gone, and leaves those alone', async () => {
    const foreign: string[] = []
    for (let at = 0; at < 100; at++) foreign.push((await begin('old-name', clock.now + at)).id)
    const own = await begin('university', clock.now + 1000)
    clock.now += 2000
    await tidyOnce(async () => (await stateOf(own.id)) === 'ended')
    expect(await stateOf(own.id)).toBe('ended')
    for (const id of foreign) expect(await stateOf(id)).toBe('requested')
  })

  it('ends the others when one cannot end, and tells of that one', async () => {
    const stuck = await begin('university', clock.now + 1)
    const next = await begin('university', clock.now + 2)
    await knex.raw(`create trigger stuck before update on emrex_transfer when old.id = '${stuck.id}'
      begin select raise(fail, 'this row cannot be written'); end`)
    clock.now += 3
    const told = await tidyOnce(async () => (await stateOf(next.id)) === 'ended')
    expect([await stateOf(stuck.id), await stateOf(next.id)]).toEqual(['requested', 'ended'])
    expect(told).toContain('transfer.stuck')
  })
})
