import { loadavg } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { describeWith, startPostgres, type CrashingServer } from '@emrex-gateway/testing'
import { stories, type Story } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { freshDatabase } from '../database/town-on-postgres.js'
import { expectQuickRecovery, patienceFor } from './expect-quick-recovery.js'
import { expectSound } from './expect-sound.js'
import { lookAtOutcome } from './look-at-outcome.js'
import { asToldByPages, PatientStudent, type Patience } from './patient-student.js'
import { ProcessTown } from './process-town.js'

jest.setTimeout(1_800_000)

const isLong = process.env['EMREX_FAULTS'] !== undefined
const transfers = isLong ? 500 : 30
/** Of these students; each of them has small results. */
const carried = stories.filter(
  ({ id, expected }) =>
    expected.smp === 'COMPLETED' && !['large-attachment', 'two-universities', 'strange-titles'].includes(id),
)
const goodEnds = ['Your university has your results', 'This document came before']

/** What the students saw on the way. */
interface Run {
  readonly perSecond: number
  readonly ends: ReadonlyMap<string, number>
  readonly cuts: number
  readonly faults: ReadonlyMap<string, number>
}

/** When the next one begins: at once, as often as one has ended, or at every beat, however many are under way. */
interface Arrivals {
  readonly patience: Patience
  readonly perSecond?: number
}

/** Carries so many transfers while something goes on beside them, which can ask how many have ended. */
async function carryMany(
  under: ProcessTown,
  count: number,
  { patience, perSecond: arriving }: Arrivals,
  beside: (ended: () => number) => Promise<void>,
): Promise<Run> {
  const [ends, faults] = [new Map<string, number>(), new Map<string, number>()]
  const countIn = (map: Map<string, number>, name: string) => map.set(name, (map.get(name) ?? 0) + 1)
  let [begun, ended, cuts] = [0, 0, 0]
  const began = performance.now()
  const disturbing = beside(() => ended)
  const carry = async (story: Story) => {
    const student = new PatientStudent(story, under.town.smpUrl(story.home), patience)
    countIn(ends, await student.carry())
    ended++
    cuts += student.cuts
    student.faults.forEach((fault) => countIn(faults, fault))
  }
  if (arriving === undefined)
    await Promise.all(
      carried.map(async (story) => {
        while (begun++ < count) await carry(story)
      }),
    )
  else
    await Promise.all(
      Array.from({ length: count }, async (_, index) => {
        await wait((index * 1000) / arriving)
        await carry(carried[index % carried.length]!)
      }),
    )
  const perSecond = (count * 1000) / (performance.now() - began)
  await disturbing
  return { perSecond, ends, cuts, faults }
}

const untilEnded = (ended: () => number, enough: () => number) => async () => {
  while (ended() < enough()) await wait(20)
}

/** Waits until the last deliveries are through, and looks. */
async function settled(under: ProcessTown) {
  await Promise.all(under.instances.map((instance) => instance.ready()))
  for (let look = 0; ; look++) {
    const outcome = await lookAtOutcome(under)
    if (outcome.open.length === 0 || look === 300) return outcome
    await wait(200)
  }
}

function expectAllEnded(name: string, { perSecond, ends, cuts, faults }: Run, count: number): void {
  const faultsSeen = [...faults].map(([page, times]) => `${times} × ${page}`).join(', ')
  process.stdout.write(
    `${name}: ${count} transfers, ${perSecond.toFixed(1)} a second, load ${loadavg()[0]!.toFixed(1)}; ${cuts} answers did not come, ${faultsSeen || 'no pages of faults'}\n`,
  )
  expect([...ends.keys()].filter((heading) => !goodEnds.includes(heading))).toEqual([])
  expect([...ends.values()].reduce((sum, each) => sum + each, 0)).toBe(count)
  // A page of a fault says what it is; none is blank or a trace.
  for (const page of faults.keys()) expect(page).toMatch(/^5\d\d \w/)
}

describeWith(describe, 'postgresql', 'several instances on one PostgreSQL', () => {
  let server: CrashingServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())
  const withInstances = async (count: number, work: (under: ProcessTown) => Promise<void>) => {
    const under = await ProcessTown.start({ url: await freshDatabase(server), count })
    try {
      await work(under)
    } finally {
      await under.stop()
    }
  }

  it.each(isLong ? [2, 3] : [2])(
    `of which one is killed ${isLong ? 'every 5 s' : 'twice'}: %i of them carry ${transfers} transfers, begun at 10 a second, each into its SIS once`,
    (count) =>
      withInstances(count, async (under) => {
        let kills = 0
        const arrivals = { patience: asToldByPages, perSecond: 10 }
        const run = await carryMany(under, transfers, arrivals, async (ended) => {
          const isTime = isLong ? () => wait(5000) : untilEnded(ended, () => (kills + 1) * 5)
          for (;;) {
            await isTime()
            // On a busy machine an instance needs longer than that to come back.
            await Promise.all(under.instances.map((instance) => instance.ready()))
            if (ended() >= transfers || (!isLong && kills === 2)) return
            under.instances[kills++ % count]!.kill()
          }
        })
        expectAllEnded(`${count} instances, ${kills} kills`, run, transfers)
        expect(kills).toBeGreaterThanOrEqual(2)
        const outcome = await settled(under)
        expectSound(outcome)
        // Each student who was told so has an import; nobody who was told of an earlier one lacks it.
        expect(outcome.imported.length).toBeGreaterThanOrEqual(run.ends.get(goodEnds[0]!)!)
        expect(outcome.imported.length).toBeLessThanOrEqual(transfers)
        expectQuickRecovery(`${count} instances`, ...under.instances)
      }),
  )

  it.each(isLong ? [1, 5, 30] : [1])(
    'whose database goes away for %i s: nothing that was accepted is lost',
    (seconds) =>
      withInstances(2, async (under) => {
        const count = isLong ? 100 : 12
        let readyAfterMs = 0
        // Presses again at once, though a page asks for more patience: so it is seen when the database is in use again.
        const patience = { ...asToldByPages, again: () => asToldByPages.again() }
        const run = await carryMany(under, count, { patience }, async () => {
          await wait(1000)
          await server.leave(seconds * 1000)
          const back = performance.now()
          for (const { port } of under.instances)
            while ((await fetch(`http://127.0.0.1:${port}/health/ready`)).status !== 200) await wait(100)
          readyAfterMs = performance.now() - back
        })
        expectAllEnded(
          `a database that was away for ${seconds} s, back in use after ${Math.round(readyAfterMs)} ms`,
          run,
          count,
        )
        expect(readyAfterMs).toBeLessThan(patienceFor(30_000))
        // No instance had to be started again for it.
        expect(under.instances.map(({ deaths }) => deaths)).toEqual([0, 0])
        expectSound(await settled(under))
      }),
  )
})
