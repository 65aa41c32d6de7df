import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeWith, PlainBrowser, startPostgres, until, type DatabaseServer } from '@emrex-gateway/testing'
import { acceptButton, carryStory, carryToReview, goToLoginAbroad, loginName, waitForImport } from '@emrex-gateway/town'
import { jest } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { buildGateway, createLog, loadSettings } from '../../src/index.js'
import { storeBackupCommand } from '../../src/cli/store-backup-command.js'
import { storeCheckCommand } from '../../src/cli/store-commands.js'
import { storeMoveCommand } from '../../src/cli/store-move-command.js'
import { atStaffPages, byHandAt, filesOn, handOver, numberOn, openCase } from '../cases/town-by-hand.js'
import { transferIdOf } from '../evidence-of.js'
import { saidBy } from '../said-by.js'
import { storyOf, TownUnderTest } from '../town-under-test.js'
import { freshDatabase } from './town-on-postgres.js'

jest.setTimeout(120_000)

describeWith(describe, 'postgresql', 'an installation that is moved from SQLite to PostgreSQL', () => {
  let server: DatabaseServer
  let folder: string
  let under: TownUnderTest
  beforeAll(async () => {
    server = await startPostgres()
    folder = mkdtempSync(join(tmpdir(), 'emrex-move-'))
  })
  afterAll(async () => {
    await under?.stop()
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const inFolder = (name: string) => join(folder, name)

  it('goes on with every transfer, job, case and audit entry where it stopped', async () => {
    const cases = byHandAt('solvik')
    under = await TownUnderTest.start({ folder, rewriteSettings: cases })
    const { port } = under.town
    const start = (id: string) => under.town.smpUrl(storyOf(id).home)

    // One student in each state, and what a whole day leaves behind.
    const done = await carryStory(storyOf('ordinary'), start('ordinary'))
    const cancelled = await carryStory(storyOf('cancelled'), start('cancelled'))
    const atHome = new PlainBrowser()
    await atHome.open(start('twin'))
    await atHome.press('Start')
    const chooses = new PlainBrowser()
    await chooses.open(start('twin'))
    await chooses.press('Start')
    await chooses.press(loginName('kristin'))
    const abroad = new PlainBrowser()
    await goToLoginAbroad(storyOf('missing-code'), start('missing-code'), abroad)
    const asked = await under.ask(storyOf('half-credits'))
    await under.preview(asked)
    const reviews = await carryToReview(storyOf('zero-credits'), start('zero-credits'))
    const waits = await carryStory(storyOf('changed-name'), start('changed-name'))
    const handed = await handOver(under, storyOf('modules'))
    const number = numberOn(handed)
    const imports = await under.importCount()
    // Decided, and the student system does not take it just now.
    const { home: failing } = storyOf('no-credits')
    await under.atUniversity(failing, (knex) => knex.schema.renameTable('emrex_import', 'away'))
    const decided = await carryToReview(storyOf('no-credits'), start('no-credits'))
    await decided.press(acceptButton)
    expect(decided.heading).toBe('Your results are being imported')

    const moving = await saidBy(() => storeMoveCommand(inFolder('settings.yaml'), inFolder('settings.yaml')))
    expect([moving.code, moving.text]).toEqual([69, expect.stringContaining('in use by another process')])
    const backup = await saidBy(() => storeBackupCommand(inFolder('settings.yaml'), inFolder('backup.sqlite')))
    expect([backup.code, backup.text]).toEqual([0, expect.stringMatching(/: \d+ rows\. The seal key is not in it/)])
    const again = await saidBy(() => storeBackupCommand(inFolder('settings.yaml'), inFolder('backup.sqlite')))
    expect([again.code, again.text]).toEqual([69, expect.stringContaining('is there already')])

    const evidence = await under.town.gateway.store.audit.list({})
    await under.town.stop()

    const onPostgres = inFolder('on-postgres.yaml')
    const url = await freshDatabase(server)
    const settings = parse(readFileSync(inFolder('settings.yaml'), 'utf8')) as object
    writeFileSync(onPostgres, stringify({ ...settings, database: { url } }))
    const moved = await saidBy(() => storeMoveCommand(inFolder('settings.yaml'), onPostgres))
    expect([moved.code, moved.text]).toEqual([0, expect.stringMatching(/→ PostgreSQL: \d+ rows in \d+ tables/)])

    const refused = buildGateway(loadSettings(inFolder('settings.yaml')), createLog('silent'))
    await expect(refused).rejects.toThrow(/was moved to another one on .* Name the new one in the settings/s)
    const looked = await saidBy(() => storeCheckCommand(inFolder('settings.yaml')))
    expect([looked.code, looked.text]).toEqual([1, expect.stringContaining('was moved')])

    under = await TownUnderTest.start({
      ...{ folder, port },
      rewriteSettings: (yaml) => stringify({ ...(parse(cases(yaml)) as object), database: { url } }),
    })
    expect(under.town.smpUrl('x')).toContain(`:${port}/`)
    expect(await under.town.gateway.store.audit.list({ limit: evidence.length })).toHaveLength(evidence.length)
    expect((await under.town.gateway.store.audit.list({})).slice(0, evidence.length)).toEqual(evidence)
    await under.atUniversity(failing, (knex) => knex.schema.renameTable('away', 'emrex_import'))
    const endsOf = async (browser: PlainBrowser) => {
      await browser.press(acceptButton)
      return waitForImport(browser)
    }
    const imported = 'Your university has your results'
    await done.open(done.page.url)
    await cancelled.open(cancelled.page.url)
    expect([done.heading, cancelled.heading]).toEqual([imported, cancelled.heading])
    await atHome.press(loginName('kristin'))
    await chooses.open(chooses.page.url)
    expect([atHome.heading, chooses.heading]).toEqual(['Where are your results?', 'Where are your results?'])
    await abroad.press(loginName(storyOf('missing-code').student))
    await abroad.press('Show what will be sent')
    await abroad.press('Send to')
    await asked.browser.press('Send to')
    expect([await endsOf(abroad), await endsOf(asked.browser), await endsOf(reviews)]).toEqual([
      imported,
      imported,
      imported,
    ])
    await waits.open(waits.page.url)
    expect(waits.page.status).toBe(200)
    const staff = await atStaffPages(under, 'solvik')
    await openCase(staff, number)
    expect(filesOn(staff).size).toBeGreaterThan(0)
    // How long the next try is put off depends on how many there were.
    under.putForward(61)
    await until(async () => {
      await decided.open(decided.page.url)
      return decided.heading === imported
    })
    expect(decided.heading).toBe(imported)
    const delivered = (await under.audit(transferIdOf(decided))).filter(({ event }) => event === 'import.delivered')
    expect([delivered.length, await under.importCount()]).toEqual([1, imports + 4])
  })

  it('refuses to be moved where that cannot be right, and says why', async () => {
    const settings = parse(readFileSync(inFolder('settings.yaml'), 'utf8')) as object
    const write = (name: string, change: object) => {
      writeFileSync(inFolder(name), stringify({ ...settings, ...change }))
      return inFolder(name)
    }
    const from = write('restored.yaml', { database: { file: './backup.sqlite' } })
    const url = await freshDatabase(server)
    const cases: [from: string, to: string, words: RegExp][] = [
      [write('missing.yaml', { database: { file: './nowhere.sqlite' } }), url, /no database file at .*nowhere\.sqlite/],
      [write('postgres.yaml', { database: { url } }), url, /is on PostgreSQL already/],
      [from, from, /names no PostgreSQL/],
      [from, 'mysql://canary@host/x', /no such file, and expected postgresql:/],
      [from, url.replace(/\/gateway_\w+$/, '/nowhere'), /no database of that name/],
      [
        from,
        write('other-key.yaml', { database: { url }, seal: { keyFile: './other.key' } }),
        /seal key of .* does not fit/,
      ],
    ]
    writeFileSync(inFolder('other.key'), Buffer.alloc(32, 5).toString('base64'))
    for (const [file, to, words] of cases) {
      const { code, text } = await saidBy(() => storeMoveCommand(file, to))
      expect([code === 69 || code === 78, text]).toEqual([true, expect.stringMatching(words)])
      expect(text).not.toContain('canary')
    }
    expect(existsSync(inFolder('nowhere.sqlite'))).toBe(false)
    // The backup is an installation of its own: it can be moved, once.
    const first = await saidBy(() => storeMoveCommand(from, url))
    expect([first.code, first.text]).toEqual([0, expect.stringContaining('→ PostgreSQL')])
    const second = await saidBy(() => storeMoveCommand(from, url))
    expect([second.code, second.text]).toEqual([69, expect.stringContaining('was moved')])
    const pg = await saidBy(() => storeBackupCommand(inFolder('postgres.yaml'), inFolder('x.sqlite')))
    expect([pg.code, pg.text]).toEqual([69, expect.stringContaining('pg_dump')])
  })
})
