import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { catalogueEntries, stories } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { freshDatabase } from '../database/town-on-postgres.js'
import { expectQuickRecovery } from './expect-quick-recovery.js'
import { expectSound } from './expect-sound.js'
import { lookAtOutcome } from './look-at-outcome.js'
import { PatientStudent } from './patient-student.js'
import { ProcessTown } from './process-town.js'

jest.setTimeout(900_000)

/** How often the gateway dies at each point; without it once, at some of them. */
const wanted = Number(process.env['EMREX_FAULTS'] ?? 0)
const isLong = wanted > 0
const rounds = Math.max(1, wanted)
const story = stories.find(({ id }) => id === 'twin')!

// Without the long run PostgreSQL alone: what is kept there is what other instances go on with.
for (const kind of isLong ? (['SQLite', 'PostgreSQL'] as const) : (['PostgreSQL'] as const)) {
  const body = (): void => {
    let server: DatabaseServer | undefined
    let under: ProcessTown
    beforeAll(async () => {
      server = kind === 'PostgreSQL' ? await startPostgres() : undefined
      under = await ProcessTown.start(server === undefined ? {} : { url: await freshDatabase(server) })
    })
    afterAll(async () => {
      await under?.stop()
      await server?.close()
    })
    const student = () => new PatientStudent(story, under.town.smpUrl(story.home))
    const carry = async (one = student()) => {
      expect(await one.carry()).toBe('Your university has your results')
      expectSound(await lookAtOutcome(under))
      return one.transferId
    }
    const ncps = async () => {
      const answer = await fetch(`http://localhost:${under.town.port}/health/ready`)
      return ((await answer.json()) as { registry: { ncps: number } }).registry.ncps
    }

    it('has its old list after a death in half of a new one (r1)', async () => {
      for (let round = 0; round < rounds; round++) {
        const count = await ncps()
        const half = under.town.catalogue.breakOff()
        under.one.kill()
        await half
        const { deaths } = under.one
        under.one.kill()
        await under.one.recovered(deaths + 1)
        expect(await ncps()).toBe(count)
        await carry()
      }
    })

    it('has a new list whole after a death right when it was kept (r2)', async () => {
      const { port, certificates, catalogue } = under.town
      const known = catalogueEntries(port, certificates)
      for (let round = 0; round < rounds; round++) {
        const further = Array.from({ length: round + 1 }, (_, index) => ({
          ...known[0]!,
          ...{ name: `A new one, ${index}`, url: `${known[0]!.url}-${index}` },
        }))
        catalogue.publish([...known, ...further])
        await under.one.dieAtStart('r2')
        expect(await ncps()).toBe(known.length + round + 1)
        await carry()
      }
      catalogue.publish(known)
    })

    it('opens with a new key, the old one beside it, after a death in its first start with it (k1)', async () => {
      for (let round = 0; round < rounds; round++) {
        const before = student()
        await before.carry('Check what will be sent')
        const written = parse(readFileSync(under.one.settingsFile, 'utf8')) as {
          seal: { keyFile: string; previousKeyFiles?: string[] }
        }
        const keyFile = `./seal-${round}.key`
        writeFileSync(join(under.town.folder, keyFile), randomBytes(32).toString('base64'))
        const seal = { keyFile, previousKeyFiles: [written.seal.keyFile, ...(written.seal.previousKeyFiles ?? [])] }
        writeFileSync(under.one.settingsFile, stringify({ ...written, seal }))
        await under.one.dieAtStart('k1')
        await carry(before)
      }
    })

    it('removes what is over, and nothing else, after a death in the midst of that (c12)', async () => {
      for (let round = 0; round < rounds; round++) {
        const ids = [await carry(), await carry()]
        const before = await lookAtOutcome(under)
        expect(ids.map((id) => before.states.get(id))).toEqual(['delivered', 'delivered'])
        const { deaths } = under.one
        await under.one.arm('c12')
        await under.one.tidy(25)
        await under.one.recovered(deaths + 1)
        const half = await lookAtOutcome(under)
        expect(half.states.size).toBeLessThan(before.states.size)
        await under.one.tidy(25)
        const after = await lookAtOutcome(under)
        expect(ids.map((id) => after.states.get(id))).toEqual([undefined, undefined])
        expect([after.imported, ids.map((id) => after.events.get(id))]).toEqual([
          before.imported,
          ids.map((id) => before.events.get(id)),
        ])
        expectSound(after)
      }
    })

    it('is ready again within 30 seconds of every death', () => expectQuickRecovery(kind, under.one))
  }
  const title = `a gateway on ${kind} that is killed at its own work`
  if (kind === 'SQLite') describe(title, body)
  else describeWith(describe, 'postgresql', title, body)
}
