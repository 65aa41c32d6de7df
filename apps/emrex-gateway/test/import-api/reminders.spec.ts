import { randomBytes } from 'node:crypto'
import { jest } from '@jest/globals'
import { EmrexError, forGood, silentLog } from '@emrex-gateway/core'
import { openImportApi, type Order } from '@emrex-gateway/smp'
import { PlainBrowser, until } from '@emrex-gateway/testing'
import { ApiUnderTest, applicant, email } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeEach(async () => {
  under = await ApiUnderTest.start()
})
afterEach(() => under.stop())

const dayMinutes = 24 * 60
const reminded = { applicant: { ...applicant, email } }
async function passDays(days: number): Promise<void> {
  await under.alone.putForward(days * dayMinutes)
  await under.api().run()
  // What the gateway's own round had in hand was tried as well.
  const { jobs } = under.alone.gateway.store
  await until(async () => (await jobs.dueSince('reminder:jobs')) === undefined)
}
/** The link in a mail, whose lines may be broken and encoded. */
const linkIn = (text: string): string =>
  /http:\/\/localhost:\d+\/smp\/jobs\/links\/[A-Za-z0-9_-]+/.exec(text.replace(/=\r?\n/g, ''))![0]

describe('reminders of the import API', () => {
  it('go to the address of the order 7 days and 1 day before the end, each with a link that works', async () => {
    const { id, link } = await under.create(reminded)
    const evidence = async () =>
      (await under.alone.gateway.store.audit.list({ transfer: id })).map(({ event }) => event)
    await passDays(6)
    expect(under.mail.mails).toHaveLength(0)
    await passDays(1.1)
    expect(under.mail.mails).toHaveLength(1)
    await passDays(6)
    expect(under.mail.mails.map(({ to }) => to)).toEqual([[email], [email]])
    const [first, last] = under.mail.mails.map(({ raw }) => raw.replace(/=\r?\n/g, ''))
    expect(first).toContain('Jobs Example still waits for your study results')
    expect(first).toContain('There are 7 days left')
    expect(last).toContain('There is 1 day left')
    for (const raw of [first, last]) expect(raw).not.toContain(applicant.familyName)
    expect(await evidence()).toEqual(['request.created', 'request.reminded', 'request.reminded'])
    await under.agree(await under.walk(linkIn(last!)))
    expect((await under.call('GET', `/requests/${id}`)).json.status).toBe('completed')
    const browser = new PlainBrowser()
    for (const used of [link, linkIn(first!)]) {
      await browser.open(used)
      expect(browser.heading).toBe('This link was used already')
    }
  })

  it('that fell due while the gateway was stopped are one mail, which says how long is left', async () => {
    await under.create(reminded)
    await under.alone.restart(async () => under.alone.moveClock(13.1 * dayMinutes))
    await passDays(0)
    expect(under.mail.mails).toHaveLength(1)
    expect(under.mail.mails[0]!.raw.replace(/=\r?\n/g, '')).toContain('There is 1 day left')
  })

  it('are what an address is kept for, and nothing else', async () => {
    const addressOf = async (id: string) =>
      ((await under.api().records.load(id))!.state as { order?: Order }).order?.applicant.email
    const soonOver = { ...reminded, days: 1 }
    expect(await addressOf((await under.create(reminded)).id)).toBe(email)
    const make = () =>
      under.call('POST', '/requests', {
        body: { purpose: 'degree', ...soonOver },
        headers: { 'Idempotency-Key': 'one-order' },
      })
    const { json } = await make()
    expect(await addressOf(json.request.id)).toBeUndefined()
    // The order is still known by all that it said.
    const again = await make()
    expect([again.status, again.json.request.id]).toEqual([200, json.request.id])
  })

  it('go to nobody who gave no address, has used the link, or whose request was deleted or is over', async () => {
    await under.create()
    await under.complete(reminded)
    const { id } = await under.create(reminded)
    await under.call('DELETE', `/requests/${id}`)
    await under.goAbroad((await under.create(reminded)).link)
    const { link } = await under.create(reminded)
    const browser = new PlainBrowser()
    await browser.open(link)
    await browser.press('Decline')
    for (let day = 0; day < 15; day++) await passDays(1)
    expect(under.mail.mails).toEqual([])
  })

  it('are sent again when the mail server does not take them, and the log names no address', async () => {
    await under.create(reminded)
    const { port } = under.mail
    await under.mail.close()
    await passDays(7.1)
    expect(under.alone.lines.some((line) => line.includes('reminder.failed'))).toBe(true)
    expect(under.alone.lines.join('\n')).not.toContain(email)
    expect(port).toBeGreaterThan(0)
    const waiting = await under.alone.gateway.store.jobs.counts('reminder:jobs')
    expect(waiting).toEqual({ ready: 2, running: 0, dead: 0 })
  })

  it('leave the link of the order good, however often the mail server does not take them', async () => {
    const { id, link } = await under.create(reminded)
    await under.mail.close()
    await passDays(7.1)
    for (let hour = 0; hour < 12; hour++) await passDays(1.1 / 24)
    const failed = under.alone.lines.filter((line) => line.includes('reminder.failed'))
    expect(failed).toHaveLength(10)
    // What nobody takes up again must not stay for good.
    const left = await under.alone.gateway.store.jobs.counts('reminder:jobs')
    expect(left).toEqual({ ready: 1, running: 0, dead: 0 })
    // Nobody was reminded, so the evidence does not say so.
    const evidence = await under.alone.gateway.store.audit.list({ transfer: id })
    expect(evidence.map(({ event }) => event)).toEqual(['request.created'])
    const browser = new PlainBrowser()
    await browser.open(link)
    expect(browser.heading).not.toBe('This link was used already')
    await under.agree(await under.walk(link))
  })

  it('do not keep an end waiting that came while they are sent', async () => {
    const { store } = under.alone.gateway
    const seen: string[] = []
    const send = async () => {
      if (seen.length === 0) await endTransfer()
      seen.push((await api.requests.read(client!, waiting.record.id)).state.state)
    }
    // An entry that no background works for.
    const settings = { ...under.api().settings, entry: 'apart' }
    const mail = { sender: { send }, write: () => ({ subject: '', text: '' }) }
    const host = { ...{ store, log: silentLog, randomBytes, fetch, mail }, now: () => under.alone.now() }
    const api = openImportApi(settings, host, 'test')
    const [client] = settings.clients
    const order = { purpose: 'degree', fields: ['degree-title'], language: 'en', days: 8, retentionDays: 1 } as const
    for (let request = 0; request < 3; request++) await api.requests.create(client!, { ...order, ...reminded })
    const waiting = await api.requests.create(client!, { ...order, applicant })
    const transferId = 'transfer-of-the-applicant'
    const start = async () => ({ transferId, step: { kind: 'hub', transferId } as const })
    await api.desk.open(waiting.link!.url.split('/').at(-1)!, start)
    const endTransfer = () =>
      store
        .transfers('smp')
        .create(
          { entry: 'apart', state: { state: 'ended' }, browser: '', expiresAt: under.alone.now().getTime() + 60_000 },
          { jobs: [api.desk.endedJob(transferId, 'NO_RESULTS')] },
        )
    under.alone.moveClock(dayMinutes + 1)
    await api.run()
    expect(seen).toEqual(['opened', 'failed', 'failed'])
  })

  it('are not kept waiting by ends that cannot be noted, which come less and less often, and are told', async () => {
    const { store } = under.alone.gateway
    const lines: string[] = []
    const log = { ...silentLog, warn: (event: string) => void lines.push(event) }
    // As when no key opens it.
    const findByHandle = () => Promise.reject(new EmrexError('INTERNAL'))
    const transfers: typeof store.transfers = (kind) => ({ ...store.transfers(kind), findByHandle })
    const host = { ...{ store: { ...store, transfers }, log, randomBytes, fetch }, now: () => under.alone.now() }
    const api = openImportApi({ ...under.api().settings, entry: 'apart' }, host, 'test')
    const end = { jobs: [api.desk.endedJob('transfer-of-nobody', 'NO_RESULTS')] }
    const ended = { entry: 'apart', state: { state: 'ended' }, browser: '', expiresAt: forGood }
    await store.transfers('smp').create(ended, end)
    for (let minute = 0; minute < 60; minute++) {
      await api.run()
      under.alone.moveClock(1)
    }
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.length).toBeLessThan(20)
    expect(new Set(lines)).toEqual(new Set(['request.end-not-noted']))
  })
})
