import { randomBytes } from 'node:crypto'
import { defaults, EmrexError, silentLog } from '@emrex-gateway/core'
import { openImportApi, type DeliveryPoint } from '@emrex-gateway/smp'
import { until } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest, applicant, email } from './api-under-test.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
/** Where the next delivery stops, as if its process had died: nothing is written any more, and its lease runs out. */
const death: { at?: DeliveryPoint | undefined } = {}
beforeAll(async () => {
  under = await ApiUnderTest.start({
    reached: (point) => {
      if (point !== death.at) return
      death.at = undefined
      throw new EmrexError('LEASE_LOST', 'the test stops the delivery here')
    },
  })
})
afterAll(() => under.stop())

/** The gateway comes to the delivery again, after its lease: it is over when nothing is due and nobody is at work. */
async function deliverAgain(): Promise<void> {
  under.alone.moveClock(5)
  await under.alone.untilDelivered()
}

describe('a delivery to the import API that is cut off', () => {
  it.each(['submitted', 'acknowledged'] as const)('when %s brings one result and one event', async (point) => {
    under.receiver.reset()
    const { id, link } = await under.create()
    const browser = await under.walk(link)
    death.at = point
    await browser.press('Send this to')
    await until(() => death.at === undefined)
    const first = await under.call('GET', `/requests/${id}/result`)
    expect(first.status).toBe(200)
    await deliverAgain()
    await browser.open(browser.page.url)
    expect(browser.heading).toBe('Your results were sent to Jobs Example')
    expect((await under.call('GET', `/requests/${id}/result`)).json.result).toEqual(first.json.result)
    const types = () => under.receiver.eventsOf(id).map(({ type }) => type)
    await until(() => types().includes('request.completed'))
    expect(types().sort()).toEqual(['request.completed', 'request.opened'])
    const audit = await under.alone.gateway.store.audit.list({ transfer: id, event: 'request.completed' })
    expect(audit).toHaveLength(1)
  })

  it('brings nothing any more when the request was deleted in between, and tells the applicant', async () => {
    const { id, link } = await under.create()
    const browser = await under.walk(link)
    death.at = 'leased'
    await browser.press('Send this to')
    await until(() => death.at === undefined)
    await under.call('DELETE', `/requests/${id}`)
    await deliverAgain()
    await browser.open(browser.page.url)
    expect((await under.call('GET', `/requests/${id}/result`)).json.code).toBe('REQUEST_DELETED')
    expect([browser.page.status, browser.heading]).toEqual([410, 'This request was deleted'])
  })

  it('brings what the applicant agreed to, though the time of the request was over before it could', async () => {
    const { id, link } = await under.create({ days: 1 })
    under.alone.moveClock(24 * 60 - 10)
    const browser = await under.walk(link)
    death.at = 'leased'
    await browser.press('Send this to')
    await until(() => death.at === undefined)
    // As long as the gateway was down.
    await under.alone.putForward(12 * 60)
    // The gateway's own round may be bringing it already.
    expect(['opened', 'completed']).toContain((await under.call('GET', `/requests/${id}`)).json.status)
    await under.alone.untilDelivered()
    await browser.open(browser.page.url)
    expect(browser.heading).toBe('Your results were sent to Jobs Example')
    expect((await under.call('GET', `/requests/${id}/result`)).status).toBe(200)
  })
})

describe('work of the import API whose every attempt ends the process', () => {
  it('is given up after the last try: no event and no mail goes out any more', async () => {
    const { store } = under.alone.gateway
    const sent: string[] = []
    const mail = { sender: { send: async () => void sent.push('mail') }, write: () => ({ subject: '', text: '' }) }
    const call = async () => {
      sent.push('event')
      return new Response()
    }
    // An entry that no background works for.
    const settings = { ...under.api().settings, entry: 'apart' }
    const host = { ...{ store, log: silentLog, randomBytes, mail }, fetch: call, now: () => under.alone.now() }
    const api = openImportApi(settings, host, 'test')
    const order = { purpose: 'degree', fields: ['degree-title'], language: 'en', days: 8, retentionDays: 1 } as const
    const make = () => api.requests.create(settings.clients[0]!, { ...order, applicant: { ...applicant, email } })
    await make()
    await api.desk.decline((await make()).link!.url.split('/').at(-1)!)
    under.alone.moveClock(36 * 60)
    const dieIn = async (queue: string, times: number) => {
      for (let time = 0; time < times; time++)
        expect(await store.jobs.claim(queue, { owner: 'dies', leaseSeconds: 0, limit: 9 })).not.toEqual([])
    }
    await dieIn('reminder:apart', defaults.reminderMaxAttempts)
    await dieIn('webhook:apart:hr:main', defaults.webhookMaxAttempts)
    await api.run()
    await api.webhooks.find(({ queue }) => queue === 'webhook:apart:hr:main')!.run()
    expect(sent).toEqual([])
    expect(await store.jobs.counts('reminder:apart')).toEqual({ ready: 2, running: 0, dead: 0 })
    expect((await store.jobs.dead('webhook:apart:hr:main')).map(({ code }) => code)).toEqual(['cut-off'])
  })
})
