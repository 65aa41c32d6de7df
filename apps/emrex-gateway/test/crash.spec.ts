import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import type { SmpState } from '@emrex-gateway/smp'
import { prepareTown, startTown, stories, type Town, type UniversityId } from '@emrex-gateway/town'
import { dieAt, type DeathPoint } from './crash/die-at.js'
import { lookAtRest, type AtRest } from './crash/look-at-rest.js'
import { leaseSeconds, settle } from './crash/settle.mjs'
import { readImports } from './read-imports.js'

const rounds = Number(process.env['EMREX_FAULTS'] ?? 2)

/** What must lie on the disk after a death at each point; anything else, and the process died somewhere else. */
const left: Readonly<Record<DeathPoint, Omit<AtRest, 'job'> & { readonly job: Partial<AtRest['job']> }>> = {
  decided: { state: 'decided', job: { state: 'ready', attempts: 0 }, imports: 0 },
  leased: { state: 'decided', job: { state: 'running', attempts: 1 }, imports: 0 },
  submitting: { state: 'decided', job: { state: 'running', attempts: 1 }, imports: 0 },
  submitted: { state: 'decided', job: { state: 'running', attempts: 1 }, imports: 1 },
  acknowledged: { state: 'delivered', job: { state: 'done', attempts: 1 }, imports: 1 },
}
const points = Object.keys(left) as DeathPoint[]

/** Small documents, one student after the other; each round signs a document of its own. */
const carried = stories.filter(({ id, expected }) => expected.smp === 'COMPLETED' && id !== 'large-attachment')

// Made once: the keys of a town take as long as several deaths.
const template = mkdtempSync(join(tmpdir(), 'emrex-crash-'))
await (await prepareTown({ folder: template, port: 0 })).close()
afterAll(() => rmSync(template, { recursive: true }))

const inFolder = async (work: (folder: string) => Promise<void>) => {
  const folder = mkdtempSync(join(tmpdir(), 'emrex-crash-'))
  try {
    cpSync(template, folder, { recursive: true })
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A start after the last crash, in which everything that is left is delivered. */
const afterRestart = async <T>(folder: string, look: (town: Town) => Promise<T>): Promise<T> => {
  const town = await startTown({ folder, port: 0, logLevel: 'silent', overrides: { leaseSeconds } })
  try {
    await settle(town)
    return await look(town)
  } finally {
    await town.stop()
  }
}

const stateOf = async (town: Town, transferId: string) =>
  (await town.gateway.store.transfers<SmpState>('smp').load(transferId))!.state

describe('a gateway that is killed', () => {
  it.concurrent.each(points)(
    `has every decided import in the SIS exactly once: ${rounds} deaths by SIGKILL when %s`,
    (point) =>
      inFolder(async (folder) => {
        const decided: { transferId: string; home: UniversityId; key: string }[] = []
        for (let round = 0; round < rounds; round++) {
          const story = carried[round % carried.length]!
          const { signal, transferId, complaint } = await dieAt(folder, point, story)
          expect({ round, signal, complaint }).toEqual({ round, signal: 'SIGKILL', complaint: '' })
          const rest = await lookAtRest(folder, story.home, transferId)
          expect(rest).toMatchObject(left[point])
          decided.push({ transferId, home: story.home, key: rest.job.key })
        }
        expect(new Set(decided.map(({ key }) => key)).size).toBe(rounds)

        await afterRestart(folder, async (town) => {
          const audited = await town.gateway.store.audit.list({ event: 'import.decided' })
          expect(audited.map(({ transfer }) => transfer).sort()).toEqual(
            decided.map(({ transferId }) => transferId).sort(),
          )
          for (const { flow } of town.gateway.smps) {
            const { id } = flow.entry
            const imports = await readImports(folder, id as UniversityId)
            const due = decided.filter(({ home }) => home === id)
            expect(imports.map(({ delivery_id }) => delivery_id).sort()).toEqual(due.map(({ key }) => key).sort())
            expect(new Set(imports.map(({ elmo_xml }) => Buffer.from(elmo_xml).toString())).size).toBe(due.length)
            for (const { transferId, key } of due) {
              const { items } = imports.find(({ delivery_id }) => delivery_id === key)!
              expect(await stateOf(town, transferId)).toMatchObject({ state: 'delivered', results: items.length })
            }
            expect(await town.gateway.store.jobs.counts(`deliver:${id}`)).toEqual({ ready: 0, running: 0, dead: 0 })
          }
        })
      }),
    900_000,
  )

  it(
    'gets from the SIS, in its next life, the receipt of what its last one had submitted',
    () =>
      inFolder(async (folder) => {
        const story = carried[0]!
        const { transferId } = await dieAt(folder, 'submitted', story)
        const { job, imports } = await lookAtRest(folder, story.home, transferId)
        expect(imports).toBe(1)
        // The SIS goes on with what it has. Only an answer about that very row can say so.
        const sis = openSqlite({ file: join(folder, `${story.home}.sqlite`) })
        await sis('emrex_import').where({ delivery_id: job.key }).update({ state: 'accepted' })
        await sis.destroy()
        const before = await readImports(folder, story.home)

        await afterRestart(folder, async (town) => {
          const receipt = job.key.slice(0, 12)
          expect(await stateOf(town, transferId)).toMatchObject({ state: 'delivered', receipt })
          const [delivered] = await town.gateway.store.audit.list({ transfer: transferId, event: 'import.delivered' })
          expect(delivered?.facts).toEqual({ state: 'accepted', mode: 'structured', attempts: 2 })
          expect(await readImports(folder, story.home)).toEqual(before)
        })
      }),
    900_000,
  )
})
