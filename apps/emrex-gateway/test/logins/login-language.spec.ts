import { silentLog, type IdentityProvider } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { createNcp } from '@emrex-gateway/ncp'
import { SmpFlow, type SmpEntry } from '@emrex-gateway/smp'
import { openStore } from '@emrex-gateway/store'
import { makeThrowawaySigner } from '@emrex-gateway/testing'

const store = await openStore({ knex: openSqlite({ file: ':memory:' }), seal: { key: new Uint8Array(32).fill(7) } })
afterAll(() => store.close())

/** A login that is begun in the language of its order, as OpenID Connect does by `ui_locales`. */
const login: IdentityProvider = {
  info: {
    ...{ id: 'campus', kind: 'student', label: 'Campus account', countries: [], bestLoa: 'none' },
    ...{ delivers: ['student:campus'], deliversBirthDate: true },
  },
  begin: ({ language }) =>
    Promise.resolve({
      ...{ action: { kind: 'redirect', url: `https://login.example/?ui_locales=${language}` }, pending: {} },
    }),
  correlate: () => undefined,
  complete: () => Promise.resolve({ ok: false, reason: 'cancelled', detail: 'never asked' }),
}
const inNorwegian = { kind: 'redirect', url: 'https://login.example/?ui_locales=nb' }

describe('the only login of an entry begins at once, in the language of the pages', () => {
  it('at the NCP', async () => {
    const { privateKey, certificate } = await makeThrowawaySigner({ commonName: 'Campus NCP' })
    const source = { id: 'campus', title: 'Campus', source: { can: { findBy: ['learnerId'] } } }
    const origin = 'http://localhost:3000'
    const ncp = createNcp({
      ...{ id: 'campus', title: 'Campus', origin, store, logins: [login], sources: [source as never] },
      signingKey: { privateKey, certificate },
      receivers: {
        allowLoopbackHttp: true,
        known: [{ name: 'Receiver', origin: 'https://receiver.example', furtherOrigins: [] }],
      },
    })
    const form = { sessionId: 'a-session-of-the-receiver', returnUrl: 'https://receiver.example/return' }
    const { transferId } = await ncp.receive(new Map(Object.entries(form)), 'browser', 'nb')
    expect(await ncp.next((await ncp.transfers.load(transferId))!, 'nb')).toEqual(inNorwegian)
  })

  it('at the SMP', async () => {
    const entry: Partial<SmpEntry> = {
      ...{
        id: 'home',
        title: 'Home',
        publicUrl: 'http://localhost:3000/smp/home',
        logins: [login],
        minimumLoa: 'none',
      },
      ...{
        target: { id: 'home', target: { can: { findBy: ['learnerId'] } } } as never,
        targetTimeoutSeconds: 1,
        transferMinutes: 90,
      },
    }
    const flow = new SmpFlow(entry as SmpEntry, {
      ...{ store, log: silentLog, now: () => new Date() },
      ...{ randomId: () => 'handle', randomBytes: (bytes) => new Uint8Array(bytes) },
    })
    const { transferId } = await flow.start('browser', 'nb')
    expect(await flow.next((await flow.transfers.load(transferId))!, '', 'nb')).toEqual(inNorwegian)
  })
})
