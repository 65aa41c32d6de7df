import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { defaults } from '@emrex-gateway/core'
import { isSignedWebhook } from '@emrex-gateway/smp'
import { PlainBrowser } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import { ApiUnderTest } from './api-under-test.js'
import type { EventReceiver, ReceiverMood } from './event-receiver.js'

jest.setTimeout(120_000)

let under: ApiUnderTest
beforeAll(async () => {
  under = await ApiUnderTest.start()
})
beforeEach(() => {
  under.receiver.reset()
  under.second.reset()
})
afterAll(() => under.stop())

const restartWith = (...secrets: Buffer[]): Promise<void> =>
  under.alone.restart(() => {
    const lines = secrets.map((secret) => `whsec_${secret.toString('base64')}\n`)
    return writeFile(join(under.alone.folder, 'webhook.secret'), lines.join(''))
  })

/** Lets so many rounds of repetition pass, each later than the longest wait. */
async function passRounds(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    under.alone.moveClock(61)
    await under.api().run()
    await Promise.all(under.api().webhooks.map((worker) => worker.run()))
  }
}

/** The same, until it is enough: what the gateway is sending by itself at that moment is in none of our rounds. */
async function passRoundsUntil(enough: () => boolean | Promise<boolean>, most = 20): Promise<void> {
  for (let round = 0; round < most && !(await enough()); round++) {
    await passRounds(1)
    await wait(10)
  }
}

/** How many events a receiver has taken and said so: none of them comes again. */
const takenForGood = ({ attempts }: EventReceiver): number =>
  new Set(attempts.filter(({ isTaken }) => isTaken).map(({ headers }) => headers['webhook-id'])).size

async function isAllSent(): Promise<boolean> {
  const { ready, running } = await under.alone.gateway.store.jobs.counts('webhook:jobs:hr:main')
  return ready + running === 0
}

/** What a request went through, one after the other, so that events of every type are on their way. */
async function walkAll(): Promise<Record<string, string[]>> {
  const given = await under.complete()
  await under.call('DELETE', `/requests/${given.id}`)
  const declined = await under.create()
  const browser = new PlainBrowser()
  await browser.open(declined.link)
  await browser.press('Decline')
  const failed = await under.create()
  const wrong = under.elmo({ learner: { givenNames: 'Oda', familyName: 'Nowhere', bday: '1999-09-09' } })
  await under.walk(failed.link, wrong)
  await under.api().run()
  return {
    [given.id]: ['request.opened', 'request.completed', 'request.deleted'],
    [declined.id]: ['request.declined'],
    [failed.id]: ['request.opened', 'request.failed'],
  }
}

/** Each event had its effect exactly once at this receiver, and the last one is what it knows. */
function expectOnce(receiver: EventReceiver, expected: Record<string, string[]>): void {
  const wanted = Object.values(expected).flat()
  expect([...receiver.effects.values()]).toEqual(wanted.map(() => 1))
  for (const [request, types] of Object.entries(expected)) {
    expect(
      receiver
        .eventsOf(request)
        .map(({ type }) => type)
        .sort(),
    ).toEqual([...types].sort())
    expect(`request.${receiver.known.get(request)!.status}`).toBe(types.at(-1))
  }
}

describe('a receiver of events', () => {
  it.each<[string, ReceiverMood | 'down']>([
    ['answers 500', 'fails'],
    ['answers too slowly, though it took the event', 'slow'],
    ['sends elsewhere', 'moved'],
    ['is down', 'down'],
  ])('that %s for a while gets each event exactly once in effect, and holds up no other', async (_, trouble) => {
    if (trouble === 'down') await under.receiver.goDown()
    else under.receiver.mood = trouble
    const expected = await walkAll()
    await passRounds(2)
    // The other receiver has everything meanwhile.
    await passRoundsUntil(() => takenForGood(under.second) === 6)
    expectOnce(under.second, expected)
    if (trouble === 'down') await under.receiver.start()
    else {
      await passRoundsUntil(() => under.receiver.attempts.length >= 12)
      expect(under.receiver.attempts.length).toBeGreaterThanOrEqual(12)
    }
    under.receiver.mood = 'well'
    // An answer that comes too late for the gateway is one that it did not get.
    await passRoundsUntil(async () => takenForGood(under.receiver) === 6 && (await isAllSent()))
    expectOnce(under.receiver, expected)
    // And nothing comes after that.
    const before = under.receiver.attempts.length
    await passRounds(2)
    expect(under.receiver.attempts).toHaveLength(before)
    const ids = new Set(under.receiver.attempts.map(({ body }) => (JSON.parse(body) as { id: string }).id))
    expect(ids.size).toBe(6)
  })

  it('gets nothing about a person, a signature over each attempt, and the same id in every attempt', async () => {
    under.receiver.mood = 'fails'
    const { id } = await under.complete({ reference: 'reference-canary' })
    const ofEnd = () => under.receiver.attempts.filter(({ body }) => body.includes('request.completed'))
    await passRoundsUntil(() => ofEnd().length >= 3)
    const attempts = ofEnd()
    expect(attempts.length).toBeGreaterThanOrEqual(3)
    expect(new Set(attempts.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(attempts.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1)
    for (const { headers, body } of attempts) {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000)
      const secret = under.receiver.secret
      expect(isSignedWebhook(secret, headers, body, at)).toBe(true)
      expect(isSignedWebhook(secret, headers, body.replace('completed', 'declined'), at)).toBe(false)
      expect(isSignedWebhook(secret, { ...headers, 'webhook-id': 'evt_other' }, body, at)).toBe(false)
      expect(isSignedWebhook(Buffer.alloc(32, 8), headers, body, at)).toBe(false)
      // A replay of an attempt is refused when it is older than the window.
      expect(isSignedWebhook(secret, headers, body, new Date(at.getTime() + 301_000))).toBe(false)
      expect(Object.keys(JSON.parse(body) as object).sort()).toEqual(['data', 'id', 'timestamp', 'type'])
      const { data } = JSON.parse(body) as { data: object }
      expect(data).toEqual({ request: id, status: 'completed', sequence: expect.any(Number) })
    }
    under.receiver.mood = 'well'
    await passRoundsUntil(() => takenForGood(under.receiver) === 2)
  })

  it('that never takes an event is given up after all tries, loudly, and gets it when the gateway is started again', async () => {
    under.receiver.mood = 'fails'
    const { id, link } = await under.create()
    const browser = new PlainBrowser()
    await browser.open(link)
    await browser.press('Decline')
    const given = () => under.alone.gateway.store.jobs.dead('webhook:jobs:hr:main')
    await passRoundsUntil(async () => (await given()).length > 0, 200)
    const dead = await given()
    expect(dead.map(({ attempts, code }) => [attempts, code])).toEqual([[defaults.webhookMaxAttempts, 'status-500']])
    expect(under.alone.lines.some((line) => line.includes('webhook.abandoned'))).toBe(true)
    const audit = await under.alone.gateway.store.audit.list({ transfer: id })
    const facts = { receiver: 'main', attempts: defaults.webhookMaxAttempts }
    expect(audit.at(-1)).toMatchObject({ event: 'webhook.abandoned', facts })
    // It is still good when the receiver is.
    under.receiver.mood = 'well'
    await under.alone.restart()
    await passRoundsUntil(() => takenForGood(under.receiver) > 0)
    expect(under.receiver.known.get(id)).toMatchObject({ status: 'declined' })
  })

  it('that changes its secret has both signatures of each attempt, and takes it by either', async () => {
    const { id } = await under.complete()
    await passRoundsUntil(() => takenForGood(under.receiver) === 2)
    const newSecret = Buffer.alloc(24, 9)
    await restartWith(under.receiver.secret, newSecret)
    await under.call('DELETE', `/requests/${id}`)
    await passRoundsUntil(() => takenForGood(under.receiver) === 3)
    const { headers, body } = under.receiver.attempts.at(-1)!
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    for (const secret of [under.receiver.secret, newSecret])
      expect(isSignedWebhook(secret, headers, body, at)).toBe(true)
    await restartWith(under.receiver.secret)
  })

  it('gets what was on its way when the gateway is started again', async () => {
    under.receiver.mood = 'fails'
    const { id } = await under.complete()
    await under.alone.restart()
    under.receiver.mood = 'well'
    await passRoundsUntil(() => takenForGood(under.receiver) === 2)
    expectOnce(under.receiver, { [id]: ['request.opened', 'request.completed'] })
  })
})
