import { setTimeout as wait } from 'node:timers/promises'
import { PlainBrowser, type BrowserPage } from '@emrex-gateway/testing'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { storyOf } from '../town-under-test.js'
import { TownProcess } from './town-process.js'

jest.setTimeout(900_000)

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined
/** Arrivals a second, second by second: two, then up to 60 within a minute, two minutes there, and back to two. */
const plan: readonly number[] = isLong
  ? [
      ...Array.from({ length: 60 }, (_, second) => Math.round(2 + (58 * second) / 60)),
      ...Array.from({ length: 120 }, () => 60),
      ...Array.from({ length: 60 }, () => 2),
    ]
  : [2, 60, 60, 2]
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

describe('a burst of students', () => {
  let town: TownProcess
  beforeAll(async () => {
    // In the short run the line is drawn where a machine of any speed meets it.
    town = await TownProcess.start(isLong ? {} : { operations: { busy: { requests: 20, lagMilliseconds: 500 } } })
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
    for (const arrivals of plan) {
      const until = performance.now() + 1000
      for (let arrival = 0; arrival < arrivals; arrival++) {
        ends.push(arrive())
        await wait(Math.max(0, 1000 / arrivals - 2))
      }
      await wait(Math.max(0, until - performance.now()))
    }
    const students = await Promise.all(ends)
    const begun = students.filter(({ started }) => started)
    const sentAway = students.filter((student) => student.sentAway)
    const slowest = Math.max(...students.map(({ slowestMs }) => slowestMs))
    const imports = (await town.imports(story.home)).length
    if (isLong)
      process.stderr.write(
        `${students.length} came, ${begun.length} began, ${sentAway.length} were sent away, ${broken.length} broken, ` +
          `slowest page ${slowest.toFixed(0)} ms, ${imports} imports\n`,
      )
    expect(broken).toEqual([])
    expect(begun.length + sentAway.length).toBe(students.length)
    expect(sentAway.length).toBeGreaterThan(0)
    expect(begun.length).toBeGreaterThan(0)
    // What was begun came to its end and is in the student system once.
    expect(new Set(begun.map(({ heading }) => heading))).toEqual(new Set([begun[0]!.heading]))
    expect(imports).toBe(begun.length)
    expect(await town.sum('emrex_requests_refused_total', 'why="busy",what="start"')).toBe(sentAway.length)
    const after = new PatientStudent()
    await carryStory(story, town.smpUrl(story.home), after)
    expect([after.sentAway, after.page.status]).toEqual([false, 200])
  })
})
