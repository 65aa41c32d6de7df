import { defaults, reasonOf } from '@emrex-gateway/core'
import { openPostgres } from '@emrex-gateway/store'
import { describeWith, PlainBrowser, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { acceptButton, carryToReview, loginName, waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { evidenceOf } from '../evidence-of.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { expectAway } from './expect-away.js'
import { Relay } from './relay.js'
import { freshDatabase } from './town-on-postgres.js'

jest.setTimeout(120_000)

/** More than a statement takes on a machine that has much else to do. */
const statementSeconds = 3

describeWith(describe, 'postgresql', 'a database that goes away under a running gateway', () => {
  let server: DatabaseServer
  let relay: Relay
  let direct: string
  let under: TownUnderTest
  beforeAll(async () => {
    server = await startPostgres()
    relay = await Relay.start(server.port)
    direct = await freshDatabase(server)
    const url = new URL(direct)
    url.port = String(relay.port)
    const database = { url: url.href, statementSeconds }
    under = await TownUnderTest.start({
      rewriteSettings: (yaml) => stringify({ ...(parse(yaml) as object), database }),
    })
  })
  afterAll(async () => {
    await under?.stop()
    await relay.close()
    await server.close()
  })

  it.each(['cut', 'die'] as const)(
    'ends no transfer: a page says that something is wrong, and later the same browser goes on (%s)',
    async (fault) => {
      const story = storyOf('ordinary')
      const before = (await under.imports(story.home)).length
      const asked = await under.ask(story)
      const { browser } = asked
      relay[fault]()
      await browser.press(loginName(story.student))
      expectAway(browser.page, browser.heading, under.lines)
      // A program is told the same, in its own words.
      const begun = await fetch(under.town.smpUrl(story.home), {
        ...{ method: 'POST', headers: { accept: 'application/json', 'sec-fetch-site': 'same-origin' } },
      })
      expect([begun.status, begun.headers.get('retry-after')]).toEqual([503, `${defaults.storeRetrySeconds}`])
      expect(await begun.json()).toMatchObject({ code: 'STORE_UNAVAILABLE', status: 503 })
      relay.mend()
      await browser.open(asked.hub)
      expect(browser.page.status).toBe(200)
      // Another transfer goes through as ever, in the same process.
      const next = await carryToReview(story, under.town.smpUrl(story.home))
      await next.press(acceptButton)
      await waitForImport(next)
      expect((await under.imports(story.home)).length).toBe(before + 1)
      expect((await evidenceOf(under, asked.transferId)).events).not.toContain('transfer.ended')
    },
  )

  it('ends no transfer whose login came while one table could not be asked in time', async () => {
    const story = storyOf('ordinary')
    const browser = new PlainBrowser()
    await browser.open(under.town.smpUrl(story.home))
    await browser.press('Start')
    if (browser.page.html.includes('name="login"')) await browser.press('Log in at ')
    const smp = under.smp(story.home).transfers
    const [begun] = await smp.list({ entry: story.home, states: ['login'], limit: 1 })
    const knex = openPostgres({ url: direct, maxConnections: 1 })
    const holding = await knex.transaction()
    try {
      await holding.raw('lock table emrex_link in access exclusive mode')
      await browser.press(loginName(story.student))
      expectAway(browser.page, browser.heading, under.lines)
    } finally {
      await holding.rollback()
      await knex.destroy()
    }
    expect((await smp.load(begun!.id))?.state.state).toBe('login')
    expect((await evidenceOf(under, begun!.id)).events).not.toContain('transfer.ended')
  })

  it('takes no delivery for one that failed, or cannot be read, because the database was away', async () => {
    const queue = `deliver:${storyOf('ordinary').home}`
    const knex = openPostgres({ url: direct, maxConnections: 2 })
    const job = { queue, name: 'waits', payload: '{"transfer":"x"}', state: 'ready', attempts: 0, run_at: 0 }
    const holding = await knex.transaction()
    // Nobody but us: other work of the gateway waits for that table as well, and ends in the same way.
    await under.town.background.stop()
    const from = under.lines.length
    try {
      await holding.raw('lock table emrex_transfer in access exclusive mode')
      await knex('emrex_job').insert(job)
      const failure: unknown = await under.town.background.deliver().catch((error: unknown) => error)
      expect(reasonOf(failure)).toBe('STORE_UNAVAILABLE')
    } finally {
      await holding.rollback()
    }
    expect(under.lines.slice(from).join()).not.toContain('delivery.')
    expect(await knex('emrex_job').where({ queue, name: 'waits' }).first('state', 'code')).toEqual({
      ...{ state: 'running', code: null },
    })
    await knex.destroy()
  })
})
