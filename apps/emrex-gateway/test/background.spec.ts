import { until } from '@emrex-gateway/testing'
import { acceptButton, carryToReview, waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { transferIdOf } from './evidence-of.js'
import { storyOf, TownUnderTest } from './town-under-test.js'

jest.setTimeout(120_000)

const story = storyOf('ordinary')

let under: TownUnderTest
beforeAll(async () => {
  under = await TownUnderTest.start()
})
afterAll(() => under.stop())

type Methods = Record<string, (...of: unknown[]) => Promise<unknown>>

/** Lets every call of a method wait until the gate is opened. */
function hold(owner: object, name: string) {
  const gate = { calls: 0, open: () => {} }
  const opened = new Promise<void>((resolve) => (gate.open = resolve))
  const original = (owner as Methods)[name]!.bind(owner)
  const spy = jest.spyOn(owner as Methods, name).mockImplementation(async (...of) => {
    gate.calls++
    await opened
    return original(...of)
  })
  return { gate, restore: () => spy.mockRestore() }
}

describe('work without a browser, asked for while a round of it is under way,', () => {
  it('is done when it ends: a delivery that the other round has in hand is through', async () => {
    const browser = await carryToReview(story, under.town.smpUrl(story.home))
    const { flow } = under.town.gateway.smps.find(({ flow: { entry } }) => entry.id === story.home)!
    const { gate, restore } = hold(flow.entry.target.target!, 'submit')
    await browser.press(acceptButton)
    await until(() => gate.calls === 1)
    const asked = under.town.background.deliver()
    setTimeout(gate.open, 200)
    await asked
    restore()
    expect((await flow.transfers.load(transferIdOf(browser)))?.state.state).toBe('delivered')
    expect(await waitForImport(browser)).toBe('Your university has your results')
  })

  it('waits for it: two rounds of tidying do not take the same transfers from one another', async () => {
    const { store } = under.town.gateway
    const { gate, restore } = hold(store, 'purge')
    const first = under.town.background.tidy()
    await until(() => gate.calls === 1)
    const second = under.town.background.tidy()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(gate.calls).toBe(1)
    gate.open()
    await Promise.all([first, second])
    expect(gate.calls).toBe(2)
    restore()
  })

  it('ends all that is over, however much that is after a busy hour', async () => {
    const { transfers, entry } = under.ncp(story.ncp)
    const [host, origin] = ['smp.example', 'https://smp.example']
    const receiver = { kind: 'ask', host, hostAscii: host, origin, formOrigins: [origin], returnUrl: origin } as const
    const request = { sessionId: 's', receiver, receivedAt: new Date().toISOString() }
    const state = { state: 'requested', request } as const
    for (let number = 0; number < 250; number++)
      await transfers.create({ entry: entry.id, state, browser: '', expiresAt: Date.now() - 1000 })
    await under.town.background.tidy()
    expect(await transfers.expired(Date.now(), 1000, entry.id)).toEqual([])
  })
})

describe('a gateway that is told to stop', () => {
  it('brings what it has in hand, and leaves what waits behind that to the next one', async () => {
    const stopping = await TownUnderTest.start()
    const { gateway, background } = stopping.town
    const { flow, worker } = gateway.smps.find(({ flow: { entry } }) => entry.id === story.home)!
    const { gate, restore } = hold(flow.transfers, 'load')
    // Their transfers are gone, so that each is done as soon as it is looked at.
    const jobs = ['one', 'two', 'three'].map((key) => ({ queue: worker.queue, key, payload: { transfer: key } }))
    const expiresAt = Date.now() + 600_000
    await flow.transfers.create({ entry: story.home, state: { state: 'started' }, browser: '', expiresAt }, { jobs })
    await until(() => gate.calls === 1)
    const stopped = background.stop()
    gate.open()
    await stopped
    restore()
    expect(await gateway.store.jobs.counts(worker.queue)).toEqual({ ready: 2, running: 0, dead: 0 })
    await stopping.stop()
  })
})
