import { describeWith, PlainBrowser, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { translator } from '@emrex-gateway/web'
import { jest } from '@jest/globals'
import { addressKey } from '../../src/operations/address-key.js'
import { entryRequest } from '../../src/operations/entry-request.js'
import { freshDatabase } from '../database/town-on-postgres.js'
import { readWholeStore } from '../read-whole-store.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { samplesOf, sumOf, townWithOperations } from './town-with-operations.js'
import { createLog, loadSettings, startGateway, type RunningGateway } from '@emrex-gateway/gateway'
import { parse, stringify } from 'yaml'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

jest.setTimeout(120_000)
const t = translator('en')

describe('addressKey', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:0207', '192.0.2.7'],
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:0DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.7:51034', '192.0.2.7'],
    ['[2001:db8:1:2::1]:51034', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::1]', '2001:db8:1:2::/64'],
    ['127.0.0.1', undefined],
    ['127.0.0.1:51034', undefined],
    ['::ffff:127.0.0.1', undefined],
    ['::1', undefined],
    ['nonsense', 'unknown'],
  ])('counts %s as %s', (address, key) => {
    expect(addressKey(address)).toBe(key)
  })
})

describe('entryRequest', () => {
  const entries = new Set(['smp/home', 'ncp/abroad'])
  it.each([
    ['POST', '/smp/home', 'start'],
    ['GET', '/smp/home', 'other'],
    ['POST', '/ncp/abroad', 'start'],
    ['POST', '/ncp/abroad/', 'start'],
    ['GET', '/ncp/abroad', 'start'],
    ['HEAD', '/ncp/abroad', 'start'],
    ['GET', '/NCP/abr%6Fad', 'start'],
    ['POST', '/smp/home/Return', 'return'],
    ['GET', '/ncp/abroad/LOGIN/people/Callback', 'login'],
    ['POST', '/smp/%zz', 'other'],
    ['POST', '/smp/home/links/token', 'start'],
    ['GET', '/smp/home/links/token', 'other'],
    ['POST', '/smp/home/links/token/decline', 'other'],
    ['POST', '/ncp/abroad/links/token', 'other'],
    ['POST', '/smp/home/return', 'return'],
    ['POST', '/smp/home/transfers/abc/login', 'login'],
    ['POST', '/smp/home/transfers/abc/prove', 'login'],
    ['GET', '/ncp/abroad/login/people/callback', 'login'],
    ['POST', '/smp/home/staff', 'login'],
    ['GET', '/smp/home/staff/login/callback', 'login'],
    ['GET', '/smp/home/transfers/abc', 'other'],
    ['POST', '/smp/home/transfers/abc/accept', 'other'],
    ['POST', '/smp/nobody', 'other'],
    ['GET', '/health/ready', 'other'],
  ])('takes %s %s for %s', (method, path, what) => {
    expect(entryRequest(method, path, entries).what).toBe(what)
  })
})

/** A post of a form as a browser would send it, from an address that the proxy names. */
function from(address: string, url: string, accept = 'text/html'): Promise<Response> {
  const headers = { 'x-forwarded-for': address, origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', accept }
  return fetch(url, { method: 'POST', redirect: 'manual', headers })
}

/** What is asked here is not how much this machine can do: a busy one sends away for a while, whatever the limits. */
const busy = { lagMilliseconds: 60_000 }

describe('limits', () => {
  let under: TownUnderTest
  beforeAll(async () => {
    under = await townWithOperations({
      operations: {
        busy,
        limits: {
          windowSeconds: 600,
          startsPerAddress: 5,
          loginsPerAddress: 4,
          returnsPerAddress: 3,
          startsPerEntry: 12,
        },
      },
      change: (settings) => ({ ...settings, trustProxy: 1 }),
    })
  })
  afterAll(() => under.stop())

  it('send somebody away who comes too often, with a page that says when to come again, and keep nothing', async () => {
    const home = under.town.smpUrl('nordfjord')
    for (let start = 0; start < 5; start++) expect((await from('192.0.2.1', home)).status).toBe(303)
    const before = (await readWholeStore(under.town)).rows
    const refused = await from('192.0.2.1', home)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(500)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(600)
    expect(await refused.text()).toContain(t('problem.TOO_MANY_REQUESTS.title'))
    expect(refused.headers.getSetCookie()).toEqual([])
    const told = await from('192.0.2.1', home, 'application/json')
    expect(await told.json()).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' })
    expect((await readWholeStore(under.town)).rows).toBe(before)
    expect(sumOf(await samplesOf(under, 'emrex_requests_refused_total'), 'why="limit",what="start"')).toBe(2)
  })

  it('count each address and each entry for itself, an IPv6 network as one, and a forged header for nothing', async () => {
    const [home, other] = [under.town.smpUrl('nordfjord'), under.town.smpUrl('solvik')]
    expect((await from('192.0.2.2', home)).status).toBe(303)
    expect((await from('192.0.2.1', other)).status).toBe(303)
    // The proxy appends whom it saw; what stands before it was sent by the visitor.
    expect((await from('203.0.113.9, 192.0.2.1', home)).status).toBe(429)
    for (let start = 0; start < 5; start++) expect((await from(`2001:db8:0:7::${start}`, other)).status).toBe(303)
    expect((await from('2001:db8:0:7:ffff::9', other)).status).toBe(429)
    expect((await from('2001:db8:0:8::1', other)).status).toBe(303)
  })

  it('count an address in whatever way its path is spelled', async () => {
    const home = under.town.smpUrl('solvik')
    const spelled = (path: string) => new URL(path, home).href
    const paths = ['/SMP/solvik', '/smp/solv%69k', '/smp/solvik/']
    const begun: string[] = []
    for (let round = 0; round < 3; round++)
      for (const path of paths) if ((await from('192.0.2.77', spelled(path))).status === 303) begun.push(path)
    expect(begun.length).toBeLessThanOrEqual(5)
  })

  it('protect an entry from everybody together, and let those who began go on', async () => {
    const story = storyOf('ordinary')
    const asked = await under.ask(story)
    const home = under.town.smpUrl(story.home)
    const statuses: number[] = []
    for (let start = 0; start < 12; start++) statuses.push((await from(`198.51.100.${start}`, home)).status)
    expect(statuses.at(0)).toBe(303)
    expect(statuses.at(-1)).toBe(429)
    await asked.browser.open(asked.hub)
    expect(asked.browser.page.status).toBe(200)
    await under.answer(asked, { elmo: under.packed(under.elmoFor(story.student), story.ncp) })
    expect(asked.browser.heading).toBe('Your results have arrived')
  })

  it('hold for logins and for answers of NCPs, too', async () => {
    const home = under.town.smpUrl('skogby')
    const statuses = async (path: string, times: number) => {
      const seen: number[] = []
      for (let time = 0; time < times; time++)
        seen.push((await from('192.0.2.50', `${under.town.smpUrl('nordfjord')}${path}`)).status)
      return seen.map((status) => status === 429)
    }
    expect(home).toContain('/smp/')
    expect(await statuses('/return', 4)).toEqual([false, false, false, true])
    expect(await statuses('/login/national/callback', 5)).toEqual([false, false, false, false, true])
  })

  it('keep no address: neither in the store nor in a line of the log', async () => {
    const { rows } = await readWholeStore(under.town)
    for (const part of ['192.0.2.', '198.51.100.', '2001:db8']) {
      expect(rows).not.toContain(part)
      expect(under.lines.join('')).not.toContain(part)
    }
  })
})

/** Everybody of a lecture hall begins once; in the long run three times, with every mistake that people make. */
const students = process.env['EMREX_LONG_TESTS'] === undefined ? 300 : 900

describe('the usual limits', () => {
  it('let a lecture hall of 300 students behind one address begin within ten minutes', async () => {
    const under = await townWithOperations({
      operations: { busy },
      change: (settings) => ({ ...settings, trustProxy: 1 }),
    })
    try {
      const home = under.town.smpUrl('nordfjord')
      const seen = new Set<number>()
      for (let student = 0; student < students; student += 30)
        for (const { status } of await Promise.all(Array.from({ length: 30 }, () => from('192.0.2.1', home))))
          seen.add(status)
      expect([...seen]).toEqual([303])
      const browser = new PlainBrowser()
      await browser.open(home)
      expect(browser.page.status).toBe(200)
    } finally {
      await under.stop()
    }
  })
})

describeWith(describe, 'postgresql', 'limits of two instances on one PostgreSQL', () => {
  let server: DatabaseServer
  let under: TownUnderTest
  let second: RunningGateway
  beforeAll(async () => {
    server = await startPostgres()
    const url = await freshDatabase(server)
    const limits = { windowSeconds: 600, startsPerAddress: 10 }
    under = await townWithOperations({
      operations: { busy, limits },
      change: (settings) => ({ ...settings, trustProxy: 1, database: { url } }),
    })
    const settings = parse(readFileSync(join(under.town.folder, 'settings.yaml'), 'utf8')) as Record<string, unknown>
    const file = join(under.town.folder, 'second.yaml')
    writeFileSync(file, stringify({ ...settings, listen: { port: 0 } }))
    second = await startGateway(loadSettings(file), createLog('silent'))
  })
  afterAll(async () => {
    await second?.stop()
    await under?.stop()
    await server.close()
  })

  it('count together, and go on counting alone while the database is asked in vain', async () => {
    const places = [under.town.port, second.port].map((port) => `http://localhost:${port}/smp/nordfjord`)
    const statuses = await Promise.all(
      Array.from({ length: 24 }, (_, start) => from('192.0.2.1', places[start % 2]!).then(({ status }) => status)),
    )
    // The form comes from an address that is not the entry's own at one of them; what is limited is limited before that.
    expect(statuses.filter((status) => status === 429)).toHaveLength(14)
    const shared = under.town.gateway.sharedCounts as { raw(sql: string): Promise<unknown> }
    await shared.raw('alter table emrex_limit rename to emrex_limit_away')
    const alone: number[] = []
    for (let start = 0; start < 12; start++) alone.push((await from('192.0.2.3', places[0]!)).status)
    expect(alone.filter((status) => status === 429)).toHaveLength(2)
    // Twelve times for the address, and for the entry those ten times that the address was let through.
    expect(sumOf(await samplesOf(under, 'emrex_limit_store_failures_total'))).toBe(22)
    await shared.raw('alter table emrex_limit_away rename to emrex_limit')
  })
})
