import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { jest } from '@jest/globals'
import { auditVerifyCommand } from '../../src/cli/audit-commands.js'
import { retentionReportCommand } from '../../src/cli/retention-command.js'
import { evidenceOf } from '../evidence-of.js'
import { storyOf, type TownUnderTest } from '../town-under-test.js'
import { untilDelivered } from '../until-delivered.js'
import { healthOf, samplesOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(120_000)
const story = storyOf('ordinary')
const day = 24 * 60
const dayMs = day * 60_000
const canary = 'Canary-Registrar'

describe('evidence, names of staff in it, and jobs that are done', () => {
  let under: TownUnderTest
  const folder = mkdtempSync(join(tmpdir(), 'emrex-retention-'))
  const settings = join(folder, 'settings.yaml')
  beforeAll(async () => {
    const audit = { keepDays: 80, keepStaffDays: 40 }
    under = await townWithOperations({ change: (before) => ({ ...before, audit }), options: { folder } })
  })
  afterAll(async () => {
    await under.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const later = async (days: number) => {
    await under.putForwardUntidied(days * day)
    await under.town.background.tidy()
    return (await healthOf(under)).retention?.deleted ?? {}
  }
  /** Brings a document; old ones are for staff to decide. */
  const bring = async (elmo: string) => {
    const asked = await under.ask(story)
    await under.answer(asked, { elmo })
    const flow = under.smp(story.home)
    const transfer = (await flow.transfers.load(asked.transferId)) as Parameters<typeof flow.decide>[0]
    await flow.decide(transfer, 'staff', { event: 'case.accepted' })
    await untilDelivered(under.town)
    return asked
  }
  /** What staff decided, at another entry, so that its chain has nothing newer. */
  const staffDecides = async (entry: string) => {
    const transfers = under.town.gateway.store.transfers<{ readonly state: string }>('smp')
    const expiresAt = under.now().getTime() + dayMs
    const audit = [{ event: 'case.accepted' as const, author: canary, reason: canary }]
    await transfers.create({ entry, state: { state: 'begun' }, browser: 'b', expiresAt }, { audit })
  }
  const rows = async () => {
    const knex = openSqlite({ file: join(folder, 'gateway.sqlite'), readOnly: true })
    const count = async (table: string, where = {}) =>
      Number((await knex(table).where(where).count<{ n: number }[]>({ n: '*' }))[0]!.n)
    const staff = Number((await knex('emrex_audit').whereNotNull('sealed').count<{ n: number }[]>({ n: '*' }))[0]!.n)
    const found = {
      lines: await count('emrex_audit'),
      staff,
      done: await count('emrex_job', { state: 'done' }),
    }
    await knex.destroy()
    return found
  }
  const quietly = async (command: () => Promise<number>) => {
    let text = ''
    const output = jest.spyOn(process.stdout, 'write').mockImplementation((part) => ((text += String(part)), true))
    try {
      return { code: await command(), text }
    } finally {
      output.mockRestore()
    }
  }
  const verified = async () => (await quietly(() => auditVerifyCommand(settings, { json: false }))).text

  it('go by their age, are counted, and leave chains that verify and documents that are imported once', async () => {
    const elmo = under.packed(under.elmoFor('ingrid'), story.ncp)
    const imported = await under.importCount()
    await bring(elmo)
    const imports = await under.importCount()
    expect(imports).toBe(imported + 1)
    await staffDecides('elsewhere')
    const before = await rows()
    expect(before).toMatchObject({ staff: 1, done: 1 })

    // Not before their time.
    await later(defaults.doneJobDays - 1)
    expect(await rows()).toMatchObject({ staff: 1, done: 1 })
    expect(await later(2)).toMatchObject({ 'done jobs': 1 })
    expect(await rows()).toMatchObject({ staff: 1, done: 0 })

    // The job that brought it is forgotten; that it was brought is not.
    const second = await bring(elmo)
    expect((await evidenceOf(under, second.transferId)).code).toBe('DUPLICATE')
    await under.town.background.deliver()
    expect(await under.importCount()).toBe(imports)

    expect(await later(10)).toMatchObject({ 'names of staff': 1 })
    const { staff, lines } = await rows()
    expect([staff, lines >= before.lines]).toEqual([0, true])
    expect(await verified()).toMatch(/^The evidence holds\.\n[^]*smp elsewhere: .*staff removed by retention in 1/)

    expect(await later(40)).toMatchObject({ 'lines of evidence': expect.any(Number) as number })
    const after = await rows()
    // What is younger stays: the second transfer.
    expect([after.lines < lines, after.lines > 0]).toEqual([true, true])
    expect(await verified()).toMatch(/^The evidence holds\.\n[^]*begins at line \d+, older ones were deleted/)
    const deleted = await samplesOf(under, 'emrex_retention_deleted_total')
    expect(deleted.get('kind="done jobs"')).toBe(1)
    expect(deleted.get('kind="names of staff"')).toBe(1)
    expect(deleted.get('kind="lines of evidence"')).toBeGreaterThan(before.lines - 1)
  })

  it('are named by `emrex retention report` when they are too old and still there', async () => {
    await staffDecides('elsewhere')
    const report = (days: number) =>
      quietly(() => retentionReportCommand(settings, new Date(under.now().getTime() + days * dayMs)))
    const inTime = (await report(0)).text
    expect(inTime).toMatch(/^names of staff: 1, nothing overdue$/m)
    expect(inTime).toMatch(/^lines of evidence: \d+, nothing overdue$/m)
    const { code, text } = await report(42)
    expect([code, text]).toEqual([1, expect.stringMatching(/^names of staff: 1, 1 OVERDUE, the oldest since /m)])
    expect((await report(90)).text).toMatch(/^lines of evidence: \d+, \d+ OVERDUE/m)
  })
})
