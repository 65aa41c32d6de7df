import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaults } from '@emrex-gateway/core'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { PlainBrowser, until } from '@emrex-gateway/testing'
import { carryStory } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { storyOf } from '../town-under-test.js'
import { TownProcess } from './town-process.js'

jest.setTimeout(180_000)

const story = storyOf('ordinary')

/** Presses on until the story ends, or until a page says that something is wrong. */
async function tryStory(town: TownProcess): Promise<{ browser: PlainBrowser; whole: boolean }> {
  const browser = new PlainBrowser()
  try {
    await carryStory(story, town.smpUrl(story.home), browser)
    return { browser, whole: browser.page.status === 200 }
  } catch {
    // The page has no such button: it is the page of a problem, or the browser could not get there.
    return { browser, whole: false }
  }
}

describe('a full disk under the database', () => {
  let town: TownProcess
  beforeAll(async () => {
    town = await TownProcess.start({ output: 'pipe' })
    town.child.stdout!.resume()
  })
  afterAll(() => town?.stop())
  const file = (ending = '') => join(town.folder, `gateway.sqlite${ending}`)
  const largest = () => Math.max(statSync(file()).size, statSync(file('-wal')).size)

  it('ends transfers with a page that says so, is told by the health, and loses nothing that was decided', async () => {
    expect((await tryStory(town)).whole).toBe(true)
    const before = (await town.imports(story.home)).length
    // The rest of the disk: not enough for one more transfer.
    town.limitFiles(largest() + 4096)
    const pages: { status: number; heading: string; again: string | null }[] = []
    for (let attempt = 0; attempt < 4; attempt++) {
      const { browser, whole } = await tryStory(town)
      const { status, headers } = browser.page
      if (!whole) pages.push({ status, heading: browser.heading, again: headers.get('retry-after') })
    }
    expect(pages.length).toBeGreaterThan(0)
    for (const page of pages)
      expect(page).toEqual({ status: 503, heading: 'We cannot reach your transfer just now', again: '60' })

    const { status, ready, store, trouble } = await town.health()
    expect({ status, ready, store: store.answers, writable: store.writable }).toEqual({
      ...{ status: 'not ready', ready: false, store: true, writable: false },
    })
    expect(trouble.join()).toMatch(/store: cannot be written \((SQLITE|E)/)
    expect((await town.at('/health/live')).status).toBe(200)
    expect((await town.at('/health/ready')).status).toBe(503)

    town.limitFiles(undefined)
    await until(async () => (await town.at('/health/ready')).status === 200)
    const { browser, whole } = await tryStory(town)
    expect([whole, browser.page.status]).toEqual([true, 200])

    const knex = openSqlite({ file: file(), readOnly: true })
    try {
      expect(await knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
      // What was decided has its job, what has its job was decided, and both came to the student system once.
      const decided = (await knex('emrex_audit').where({ event: 'import.decided' })).length
      const jobs = await knex('emrex_job').select('state')
      expect(jobs.length).toBe(decided)
      // One that was begun when nothing could be noted any more is begun again when its lease is over.
      const leaseMs = (defaults.targetTimeoutSeconds + defaults.deliveryLeaseSeconds) * 1000
      const isThere = async () => (await town.imports(story.home)).length === decided
      await until(isThere, { longestMs: leaseMs + 60_000 })
      expect(decided).toBeGreaterThan(before)
      // No transfer without the line that tells how it began, and no body without its transfer.
      const orphans = await knex('emrex_body').whereNotIn('transfer', knex('emrex_transfer').select('id'))
      expect(orphans).toEqual([])
      const silent = await knex('emrex_transfer')
        .whereIn('kind', ['ncp', 'smp'])
        .whereNotIn('id', knex('emrex_audit').select('transfer'))
      expect(silent).toEqual([])
    } finally {
      await knex.destroy()
    }
  })

  it('is no worse with a reader of the log that has gone away', async () => {
    town.child.stdout!.destroy()
    expect((await tryStory(town)).whole).toBe(true)
    expect((await tryStory(town)).whole).toBe(true)
  })
})

describe('a full disk under the log', () => {
  it('costs lines and no transfer, and is counted', async () => {
    const town = await TownProcess.start({ output: openSync('/dev/full', 'w') })
    try {
      expect((await tryStory(town)).whole).toBe(true)
      expect(await town.sum('emrex_log_failures_total')).toBeGreaterThan(0)
    } finally {
      expect(await town.stop()).toBe(0)
    }
  })
})

const isLong = process.env['EMREX_LONG_TESTS'] !== undefined && process.getuid?.() === 0
const onlyLong = isLong ? describe : describe.skip

onlyLong('a real disk of 20 MB that is full', () => {
  it('is survived as well: nothing is broken, and all goes on when there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emrex-small-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', folder])
    const filler = join(folder, 'filler')
    try {
      const town = await TownProcess.start({ folder })
      expect((await tryStory(town)).whole).toBe(true)
      fillDisk(filler)
      const refused = await tryStory(town)
      expect([refused.whole, refused.browser.page.status >= 500]).toEqual([false, true])
      expect((await town.health()).trouble.join()).toMatch(/store: cannot be written/)
      rmSync(filler)
      await until(async () => (await town.at('/health/ready')).status === 200)
      expect((await tryStory(town)).whole).toBe(true)
      const knex = openSqlite({ file: join(folder, 'gateway.sqlite'), readOnly: true })
      expect(await knex.raw('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
      await knex.destroy()
      town.child.kill('SIGKILL')
      await once(town.child, 'exit')
    } finally {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })
})

/** Writes until nothing more fits. */
function fillDisk(filler: string): void {
  const file = openSync(filler, 'w')
  try {
    for (const size of [65_536, 4096, 512, 1])
      try {
        for (;;) writeSync(file, Buffer.alloc(size))
      } catch {
        // Full at this size.
      }
  } finally {
    closeSync(file)
  }
}
