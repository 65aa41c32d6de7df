import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReceiptFile } from '@emrex-gateway/core'
import type { SmpState } from '@emrex-gateway/smp'
import { startRestSis, until, type RestSis } from '@emrex-gateway/testing'
import { studentOf, type Student } from '@emrex-gateway/testing/population'
import { students } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { storyOf, TownUnderTest, type Asked } from '../town-under-test.js'
import { canariesOf, type Line } from './failing-town.js'

jest.setTimeout(120_000)

const minuteMs = 60_000
const ordinary = storyOf('ordinary')
const { home } = ordinary
const ingrid = students.find(({ id }) => id === 'ingrid')!
/** The student of the story as the REST system at home knows her. */
const student: Student = {
  ...studentOf('ada'),
  ...{ given: ingrid.given, family: ingrid.family, birthDate: ingrid.birthDate!, email: 'nobody@first.example' },
  nationalId: { country: 'NO', value: ingrid.nationalId!.value },
}
const withoutFormerName = canariesOf({ ...student, formerFamily: ingrid.family })

let sis: RestSis
let under: TownUnderTest
beforeAll(async () => {
  sis = await startRestSis({ students: [student] })
  const folder = mkdtempSync(join(tmpdir(), 'emrex-town-'))
  writeFileSync(join(folder, 'register.token'), 'token' in sis.credential ? sis.credential.token : '')
  under = await TownUnderTest.start({ folder, rewriteSettings: deliverTo(sis.url) })
})
afterAll(async () => {
  await under.stop()
  await sis.close()
})

/** The home university of the story has its records in a system behind a REST interface. */
const deliverTo =
  (url: string, targetTimeoutSeconds = 5) =>
  (yaml: string): string => {
    const settings = parse(yaml) as {
      systems: object[]
      smp: { id: string; target: string; targetTimeoutSeconds?: number }[]
    }
    const auth = { kind: 'token', tokenFile: './register.token' }
    settings.systems.push({ id: 'register', title: 'Register', plugin: 'rest', settings: { url, auth, target: true } })
    Object.assign(
      settings.smp.find(({ id }) => id === home)!,
      { target: 'register', targetTimeoutSeconds },
    )
    return stringify(settings)
  }

const lines = (from: number) => under.lines.slice(from).map((line) => JSON.parse(line) as Line & { attempts?: number })
const failures = (from: number) => lines(from).filter(({ event }) => event === 'delivery.failed')
const stateOf = async (transferId: string): Promise<SmpState> =>
  (await under.smp(home).transfers.load(transferId))!.state

/** A student who looks at what arrived; what they decide is theirs. */
async function review(): Promise<Asked> {
  const asked = await under.ask(ordinary)
  await under.answer(asked, { elmo: under.packed(under.elmoFor('ingrid'), 'poland') })
  expect(asked.browser.heading).toBe('Your results have arrived')
  return asked
}

/** Names under which deliveries came, as the system saw them. */
const idsFrom = (from: number) =>
  sis.seen.slice(from).flatMap(({ request }) => request.headers['idempotency-key'] ?? [])

describe('a delivery to a system that fails', () => {
  it.each([
    ['answers with 500 after it has kept it', 'lost', 'unavailable'],
    ['does not answer in time after it has kept it', 'late', 'timeout'],
  ] as const)('is tried again under the same name, and is there once: the system %s', async (_, next, kind) => {
    const [before, seen, kept] = [under.lines.length, sis.seen.length, sis.deliveries.kept.length]
    const { browser, transferId, hub } = await review()
    sis.deliveries.nextIs(next)
    await browser.press('Take these results into my record')
    expect(browser.heading).toBe('Your results are being imported')
    await until(() => failures(before).length > 0)
    expect(sis.deliveries.kept).toHaveLength(kept + 1)

    // It stays away for a while: the page says so, and that nothing is lost.
    await sis.is('failing')
    under.putForward(0.5)
    await until(() => failures(before).length > 1)
    await browser.open(hub)
    expect(browser.heading).toBe('Your results are being imported')
    expect(browser.text).toContain('Your results are safe; we keep trying by ourselves. You may close this page.')

    await sis.is('well')
    under.putForward(2)
    await until(async () => (await stateOf(transferId)).state === 'delivered')
    await browser.open(hub)
    expect(browser.heading).toBe('Your university has your results')
    expect(sis.deliveries.kept).toHaveLength(kept + 1)
    expect(new Set(idsFrom(seen)).size).toBe(1)
    const told = { entry: home, connection: 'register', code: 'SIS_DOWN', reference: transferId.slice(0, 8) }
    expect(
      failures(before)
        .map(({ kind }) => kind)
        .slice(0, 2),
    ).toEqual([kind, 'unavailable'])
    for (const line of failures(before)) expect(line).toMatchObject(told)
    expect(lines(before).map(({ event }) => event)).not.toContain('background.failed')
    for (const canary of withoutFormerName) expect(under.lines.join('\n')).not.toContain(canary)
  })

  it.each([
    ['credential-refused', 'credential', 'SIS_DOWN'],
    ['rate-limited', 'rate-limited', 'SIS_DOWN'],
    ['web-page', 'bad-data', 'SIS_DOWN'],
    ['truncated', 'bad-data', 'SIS_DOWN'],
    ['forbidden', 'forbidden', 'SIS_FORBIDS'],
    ['slow', 'timeout', 'SIS_DOWN'],
    ['down', 'unavailable', 'SIS_DOWN'],
  ] as const)('waits until the system is mended, and is there once: %s', async (scenario, kind, code) => {
    const [before, kept] = [under.lines.length, sis.deliveries.kept.length]
    const { browser, transferId } = await review()
    await sis.is(scenario)
    await browser.press('Take these results into my record')
    await until(() => failures(before).length > 0)
    expect(failures(before)[0]).toMatchObject({ entry: home, connection: 'register', kind, code })
    if (kind === 'credential')
      expect(lines(before)).toContainEqual(
        expect.objectContaining({ event: 'sis.credential-refused', connection: 'register' }),
      )
    expect((await stateOf(transferId)).state).toBe('decided')

    await sis.is('well')
    under.putForward(2)
    await until(async () => (await stateOf(transferId)).state === 'delivered')
    expect(sis.deliveries.kept).toHaveLength(kept + 1)
    expect(await under.town.gateway.store.jobs.counts(`deliver:${home}`)).toMatchObject({
      ready: 0,
      running: 0,
      dead: 0,
    })
  })

  it('that the system refuses ends: the student learns whom to ask, and nothing was kept', async () => {
    const [before, kept] = [under.lines.length, sis.deliveries.kept.length]
    const { browser, transferId, hub } = await review()
    sis.deliveries.nextIs('refused')
    await browser.press('Take these results into my record')
    await until(async () => (await stateOf(transferId)).state === 'ended')
    await browser.open(hub)
    expect(browser.heading).toBe('The student records did not take the results')
    expect(browser.text).toContain('The student office has to look at this.')
    expect(failures(before)).toMatchObject([{ connection: 'register', kind: 'refused', code: 'SIS_REJECTED' }])
    expect(sis.deliveries.kept).toHaveLength(kept)
  })

  it('that was given up after days is taken up again, and is there once', async () => {
    const [before, kept] = [under.lines.length, sis.deliveries.kept.length]
    const { browser, transferId } = await review()
    await sis.is('forbidden')
    await browser.press('Take these results into my record')
    const { jobs } = under.town.gateway.store
    const givenUp = async () => (await jobs.counts(`deliver:${home}`)).dead === 1
    const begun = under.now().getTime()
    while (!(await givenUp())) {
      under.putForward(61)
      await under.town.background.deliver()
    }
    expect(under.now().getTime() - begun).toBeGreaterThan(48 * 60 * minuteMs)
    expect((await stateOf(transferId)).state).toBe('decided')

    await sis.is('well')
    await under.town.background.takeUpAgain()
    await until(async () => (await stateOf(transferId)).state === 'delivered')
    expect(sis.deliveries.kept).toHaveLength(kept + 1)
    expect(lines(before)).toContainEqual(expect.objectContaining({ event: 'delivery.taken-up', entry: home, count: 1 }))
  })
})

describe('a delivery to a system that takes its time', () => {
  it('is not begun by another instance as long as it may take', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-town-'))
    writeFileSync(join(folder, 'register.token'), 'token' in sis.credential ? sis.credential.token : '')
    const patient = await TownUnderTest.start({ folder, rewriteSettings: deliverTo(sis.url, 120) })
    try {
      const { jobs } = patient.town.gateway.store
      const asked = await patient.ask(ordinary)
      await patient.answer(asked, { elmo: patient.packed(patient.elmoFor('ingrid'), 'poland') })
      await sis.is('slow')
      await asked.browser.press('Take these results into my record')
      const other = () => jobs.claim(`deliver:${home}`, { owner: 'another', leaseSeconds: 1, limit: 1 })
      await until(async () => (await jobs.counts(`deliver:${home}`)).running === 1)
      patient.putForward(2)
      expect(await other()).toEqual([])
      // It died meanwhile, or we would have heard of it.
      patient.putForward(2)
      expect(await other()).toHaveLength(1)
    } finally {
      // Cuts what is under way.
      await sis.is('down')
      await patient.stop()
      await sis.is('well')
    }
  })
})

describe('what a student is told of a delivery', () => {
  afterEach(() => sis.deliveries.say('queued'))

  it.each([
    ['accepted', 'Your results are in your record', 'imported'],
    ['queued', 'Your university has your results', 'handed-over'],
    ['partly', 'Your university has your results', 'handed-over'],
  ] as const)('is no more than the system said: %s', async (said, heading, act) => {
    sis.deliveries.say(said)
    const { browser, transferId, hub } = await review()
    await browser.press('Take these results into my record')
    await until(async () => (await stateOf(transferId)).state === 'delivered')
    await browser.open(hub)
    expect(browser.heading).toBe(heading)
    expect(/imported|in your record/.test(browser.text)).toBe(said === 'accepted')
    await browser.open(`${hub}/receipt.json`)
    expect((JSON.parse(browser.page.html) as ReceiptFile).receipt.act).toBe(act)
  })
})
