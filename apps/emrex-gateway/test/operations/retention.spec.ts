import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults } from '@emrex-gateway/core'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { retentionReportCommand } from '../../src/cli/retention-command.js'
import { storyOf, type TownUnderTest } from '../town-under-test.js'
import { readWholeStore } from '../read-whole-store.js'
import { healthOf, samplesOf, townWithOperations } from './town-with-operations.js'

jest.setTimeout(120_000)
const story = storyOf('ordinary')
const hour = 60

describe('what is deleted when its time is over', () => {
  let under: TownUnderTest
  const folder = mkdtempSync(join(tmpdir(), 'emrex-retention-'))
  beforeAll(async () => {
    under = await townWithOperations({ options: { folder } })
  })
  afterAll(async () => {
    await under.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const later = async (minutes: number) => {
    await under.putForwardUntidied(minutes)
    await under.town.background.tidy()
    return (await healthOf(under)).retention
  }
  const reported = () =>
    under.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ event }) => event === 'retention.deleted')

  it('is reported, by kind and count, at the ends that the numbers name, and not before', async () => {
    await carryStory(story, under.town.smpUrl(story.home))
    const asked = await under.ask(story)
    const { transfers } = JSON.parse((await readWholeStore(under.town)).rows) as { transfers: { state: string }[] }
    expect(transfers.map(({ state }) => state).sort()).toEqual(['asked', 'delivered', 'kept', 'login', 'sent'].sort())

    expect(await later(defaults.sealedBodyMinutes / 2)).toBeUndefined()
    // The document that the NCP had sent could be sent again until now.
    expect((await later(defaults.sealedBodyMinutes / 2 + 0.5))?.deleted).toMatchObject({
      bodies: expect.any(Number) as number,
    })
    // The transfer at the NCP that nobody went on with, then the one at the SMP: their ends are shown for a day.
    await later(defaults.ncpIdleMinutes)
    await later(defaults.smpTransferMinutes)
    expect(asked.transferId).not.toBe('')
    await later(defaults.endedTransferHours * hour + 1)
    await later(defaults.endedTransferHours * hour + 1)
    // The receipts that the student may look at again.
    await later(defaults.historyDays * 24 * hour)
    const deleted = await samplesOf(under, 'emrex_retention_deleted_total')
    expect([deleted.get('kind="smp transfers"'), deleted.get('kind="ncp transfers"')]).toEqual([2, 2])
    expect(deleted.get('kind="history transfers"')).toBe(1)
    expect(deleted.get('kind="bodies"')).toBeGreaterThan(0)
    expect(JSON.parse((await readWholeStore(under.town)).rows)).toMatchObject({ transfers: [] })

    // The report says the same as the counters, and no name of anything that was deleted.
    const sums = new Map<string, number>()
    for (const line of reported())
      for (const [kind, count] of Object.entries(line))
        if (typeof count === 'number' && kind !== 'level' && kind !== 'time')
          sums.set(kind, (sums.get(kind) ?? 0) + count)
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries([...deleted].map(([label, count]) => [/kind="(.*)"/.exec(label)![1], count])),
    )
  })

  it('is not reported by rounds in which nothing went but the notes of whose turn it was', async () => {
    const before = [reported().length, (await healthOf(under)).retention]
    for (let round = 0; round < 5; round++) {
      under.putForward(0.5)
      await under.town.background.tidyInTurn()
    }
    expect([reported().length, (await healthOf(under)).retention]).toEqual(before)
  })

  it('is named by `emrex retention report` when it is still there, and nothing is when all went in time', async () => {
    await under.ask(story)
    let printed = ''
    const output = jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((printed += String(text)), true))
    const report = async (now: Date) => {
      printed = ''
      return retentionReportCommand(join(folder, 'settings.yaml'), now)
    }
    try {
      expect(await report(under.now())).toBe(0)
      expect(printed).toMatch(/^transfers: 2, nothing overdue$/m)
      expect(await report(new Date(under.now().getTime() + 3 * 3_600_000))).toBe(1)
      expect(printed).toMatch(/^transfers: 2, 2 OVERDUE, the oldest since /m)
    } finally {
      output.mockRestore()
    }
  })
})
