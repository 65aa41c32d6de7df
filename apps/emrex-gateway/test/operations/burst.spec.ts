import { setTimeout as wait } from 'node:timers/promises'
import { PlainBrowser, type BrowserPage } from '@emrex-gateway/testing'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { storyOf } from '../town-under-test.js'
import { TownProcess } from './town-process.js'

jest.setTimeout(900_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
/**
 * Arrivals a second, second by second: two, then up to 60 within a minute, two minutes there, and back to two. In the
 * short run two seconds, where each second's students come at the same moment.
 */
const plan: readonly number[] = isLong
  ? [
      ...Array.from({ length: 60 }, (_, second) => Math.round(2 + (58 * second) / 60)),
      ...Array.from({ length: 120 }, () => 60),
      ...Array.from({ length: 30 }, () => 2),
    ]
  : [60, 60, 0, 60]
/** One of so many goes all the way, as a browser would; the others begin, and look at the first page. */
const wholeEach = isLong ? 15 : 12
const story = storyOf('ordinary')

/** A student who does what the page says: who is told that we are busy comes again later, in the middle as at the start. */
class PatientStudent extends PlainBrowser {
  /** The longest wait for one page. */
  slowestMs = 0
  started = false
  sentAway = false
  repeated = 0

  override async open(url: string): Promise<BrowserPage> {
    return this.patiently(() => super.open(url))
  }

  override async submit(...of: Parameters<PlainBrowser['submit']>): Promise<BrowserPage> {
    const before = this.page
    return this.patiently(() => {
      this.page = before
      return super.submit(...of)
    })
  }

  private async patiently(ask: () => Promise<BrowserPage>): Promise<BrowserPage> {
    for (;;) {
      const begun = performance.now()
      const page = await ask()
      this.slowestMs = Math.max(this.slowestMs, performance.now() - begun)
      if (page.url.includes('/transfers/')) this.started = true
      if (page.status !== 503) return page
      if (!this.started) {
        this.sentAway = true
        if (page.headers.get('retry-after') === null) throw new Error('sent away, and not told when to come again')
        throw new SentAway()
      }
      this.repeated += 1
      await wait(Number(page.headers.get('retry-after')) * 1000)
    }
  }
}
class SentAway extends Error {}

interface Glance {
  readonly status: number
  readonly retryAfter: number
  readonly tookMs: number
}

/** Begins, and reads no further. */
async function glance(url: string): Promise<Glance> {
  const begun = performance.now()
  const headers = { 'sec-fetch-site': 'same-origin', accept: 'text/html' }
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers }).catch(() => undefined)
  if (answer === undefined) return { status: 0, retryAfter: 0, tookMs: performance.now() - begun }
  await answer.arrayBuffer()
  const retryAfter = Number(answer.headers.get('retry-after') ?? 0)
  return { status: answer.status, retryAfter, tookMs: performance.now() - begun }
}

describe('a burst of students', () => {
  let town: TownProcess
  beforeAll(async () => {
    // In the short run the line is drawn where a machine of any speed meets it.
    town = await TownProcess.start(isLong ? {} : { operations: { busy: { lagMilliseconds: 5 } } })
  })
  afterAll(() => town?.stop())

  it('is met by sending new ones away for a while: who began comes to the end, and all is well soon after', async () => {
    const ends: Promise<PatientStudent>[] = []
    const broken: string[] = []
    const arrive = async (): Promise<PatientStudent> => {
      const student = new PatientStudent()
      await carryStory(story, town.smpUrl(story.home), student).catch((error: unknown) => {
        if (!(error instanceof SentAway)) broken.push(String(error).slice(0, 300))
      })
      return student
    }
    const glances: Promise<Glance>[] = []
    let came = 0
    for (const arrivals of plan) {
      const until = performance.now() + 1000
      for (let arrival = 0; arrival < arrivals; arrival++, came++) {
        if (came % wholeEach === 0) ends.push(arrive())
        else glances.push(glance(town.smpUrl(story.home)))
        if (isLong) await wait(Math.max(0, 1000 / arrivals - 2))
      }
      await wait(Math.max(0, until - performance.now()))
    }
    const seen = await Promise.all(glances)
    const students = await Promise.all(ends)
    const begun = students.filter(({ started }) => started)
    const sentAway = students.filter((student) => student.sentAway)
    const shed = seen.filter(({ status }) => status === 503)
    const slowest = Math.max(...students.map(({ slowestMs }) => slowestMs), ...seen.map(({ tookMs }) => tookMs))
    const imports = (await town.imports(story.home)).length
    if (isLong)
      process.stderr.write(
        `${came} came, ${shed.length + sentAway.length} were sent away, ${begun.length} of ${students.length} went all ` +
          `the way, ${broken.length} broken, slowest page ${slowest.toFixed(0)} ms, ${imports} imports, ${seen.filter(({ status }) => status === 0).length} without an answer\n`,
      )
    expect(broken).toEqual([])
    expect(seen.filter(({ status }) => status === 0)).toEqual([])
    expect(begun.length + sentAway.length).toBe(students.length)
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set(isLong && shed.length === 0 ? [303] : [303, 503]))
    expect(shed.filter(({ retryAfter }) => !(retryAfter >= 10 && retryAfter <= 15))).toEqual([])
    expect(begun.length).toBeGreaterThan(0)
    // What was begun came to its end and is in the student system once.
    expect(new Set(begun.map(({ heading }) => heading))).toEqual(new Set([begun[0]!.heading]))
    expect(imports).toBe(begun.length)
    // Some were held up in the middle, where the NCP begins its part, and came again.
    const repeated = students.reduce((sum, student) => sum + student.repeated, 0)
    const refused = await town.sum('emrex_requests_refused_total', 'why="busy"')
    expect(refused).toBe(shed.length + sentAway.length + repeated)
    // Soon after: where other programs hold the processor up, the next one is sent away a few times more.
    let after = new PatientStudent()
    for (let tries = 0; tries < 60; tries++) {
      after = new PatientStudent()
      await carryStory(story, town.smpUrl(story.home), after).catch((error: unknown) => {
        if (!(error instanceof SentAway)) throw error
      })
      if (!after.sentAway) break
      await wait(1000)
    }
    expect([after.sentAway, after.page.status]).toEqual([false, 200])
  })
})
