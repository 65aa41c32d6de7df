import { describeWith, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { stories } from '@emrex-gateway/town'
import { freshDatabase } from '../database/town-on-postgres.js'
import { expectQuickRecovery } from './expect-quick-recovery.js'
import { expectSound } from './expect-sound.js'
import { faultPoints } from './fault-points.mjs'
import { lookAtOutcome } from './look-at-outcome.js'
import { PatientStudent } from './patient-student.js'
import { ProcessTown } from './process-town.js'

/** How often the gateway dies at each point; without it once, at some of them. */
const wanted = Number(process.env['EMREX_FAULTS'] ?? 0)
const isLong = wanted > 0
const rounds = Math.max(1, wanted)
/** The points on the way of one student; the others need something else to happen. */
const onTheWay = Object.entries(faultPoints).filter(([name]) => /^[cp]/.test(name) && name !== 'c12')

const handful = ['half-credits', 'missing-code', 'twin', 'modules']
const carried = stories.filter(({ id }) => handful.includes(id))

/** The named points on the way of a student, as tests on one kind of database; without the long run, every fourth of them. */
export function killedAtPoints(kind: 'SQLite' | 'PostgreSQL', first: number): void {
  const points = onTheWay.filter((_, index) => isLong || index % 4 === first)
  const body = (): void => {
    let server: DatabaseServer | undefined
    let under: ProcessTown
    let round = 0
    beforeAll(async () => {
      server = kind === 'PostgreSQL' ? await startPostgres() : undefined
      under = await ProcessTown.start(server === undefined ? {} : { url: await freshDatabase(server) })
    })
    afterAll(async () => {
      await under?.stop()
      await server?.close()
    })

    it.each(points.map(([name, [, is]]) => [name, is]))(
      `lets a student come to the end, and has the import once: deaths at %s, when %s`,
      async (point) => {
        for (let count = 0; count < rounds; count++) {
          const story = carried[round++ % carried.length]!
          const { deaths } = under.one
          const before = (await lookAtOutcome(under)).imported.length
          await under.one.arm(point)
          const student = new PatientStudent(story, under.town.smpUrl(story.home))
          expect(await student.carry()).toBe('Your university has your results')
          // Who has the last page need not have seen that the instance died.
          await under.one.recovered(deaths + 1)
          expect([student.faults, under.one.deaths]).toEqual([[], deaths + 1])
          const outcome = await lookAtOutcome(under)
          expectSound(outcome)
          expect(outcome.imported).toHaveLength(before + 1)
          expect(outcome.events.get(student.transferId)).toContain('import.delivered')
        }
      },
    )

    it('is ready again within 30 seconds of every death', () => expectQuickRecovery(kind, under.one))
  }
  const title = `a gateway on ${kind} that is killed on a student's way`
  if (kind === 'SQLite') describe(title, body)
  else describeWith(describe, 'postgresql', title, body)
}
