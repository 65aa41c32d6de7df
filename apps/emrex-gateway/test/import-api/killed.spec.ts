import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeliveryPoint } from '@emrex-gateway/smp'
import { PlainBrowser, until } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest } from './api-under-test.js'

jest.setTimeout(600_000)

const rounds = process.env['EMREX_LONG_TESTS'] === undefined ? 1 : 20
const program = fileURLToPath(new URL('serve-and-die.mjs', import.meta.url))

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start({ leaseSeconds: 1 })
})
afterAll(() => under.stop())

/** The applicant agrees at a gateway that is killed when the delivery comes to that point; then it is started again. */
async function agreeAndDie(link: string, point: DeliveryPoint): Promise<{ browser: PlainBrowser; signal: unknown }> {
  const browser = new PlainBrowser()
  let signal: unknown
  await under.alone.restart(async () => {
    const settings = join(under.alone.folder, 'settings.yaml')
    const child = spawn(process.execPath, [program, settings, point], { stdio: ['ignore', 'pipe', 'inherit'] })
    const died = once(child, 'exit')
    await Promise.race([once(child.stdout, 'data'), died])
    await under.walk(link, undefined, browser)
    // The process may die before it has answered.
    await browser.press('Send this to').catch(() => undefined)
    ;[, signal] = (await died) as [unknown, unknown]
  })
  return { browser, signal }
}

describe('a gateway that is killed while it hands a result to the import API', () => {
  it.each(['leased', 'submitted', 'acknowledged'] as const)(
    `has one result, one event and one line of evidence of it: killed when %s (${rounds} times)`,
    async (point) => {
      for (let round = 0; round < rounds; round++) {
        under.receiver.reset()
        const { id, link } = await under.create()
        const { browser, signal } = await agreeAndDie(link, point)
        expect(signal).toBe('SIGKILL')
        const types = () => under.receiver.eventsOf(id).map(({ type }) => type)
        await until(() => types().includes('request.completed'))
        // The other event may have been on its way when the process died: its lease runs out first.
        under.alone.moveClock(2)
        await Promise.all(under.api().webhooks.map((worker) => worker.run()))
        // Or the gateway's own round has it in hand.
        await until(() => types().length === 2)
        under.alone.moveClock(-2)
        expect((await under.call('GET', `/requests/${id}/result`)).json.result.degrees).toHaveLength(1)
        const audit = await under.alone.gateway.store.audit.list({ transfer: id, event: 'request.completed' })
        expect(audit).toHaveLength(1)
        expect(types().sort()).toEqual(['request.completed', 'request.opened'])
        for (const [, count] of under.receiver.effects) expect(count).toBe(1)
        await until(async () => {
          const [transfer] = await under.alone.gateway.store
            .transfers('smp')
            .list({ entry: 'jobs', states: ['decided', 'delivered'], limit: 1 })
          await browser.open(`${under.alone.origin}/smp/jobs/transfers/${transfer!.id}`)
          return browser.heading === 'Your results were sent to Jobs Example'
        })
        expect(browser.heading).toBe('Your results were sent to Jobs Example')
      }
    },
  )
})
