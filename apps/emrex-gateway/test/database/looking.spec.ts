import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { inspectStore, migrateStore, openStore } from '@emrex-gateway/store'
import { configCheckCommand } from '../../src/cli/config-check-command.js'
import { retentionReportCommand } from '../../src/cli/retention-command.js'
import { serveCommand } from '../../src/cli/serve-command.js'
import { sisCheckCommand } from '../../src/cli/sis-check-command.js'
import { statisticsCommand } from '../../src/cli/statistics-command.js'
import { storeCheckCommand, storeMigrateCommand } from '../../src/cli/store-commands.js'
import { saidBy as said } from '../said-by.js'
import { NcpSettings } from './ncp-settings.js'

let settings: NcpSettings
const at = (name: string) => settings.path(name)
const settingsOn = (database: string, records?: string) => settings.write({ file: `./${database}` }, records)
const keyIn = (name: string) => Buffer.from(readFileSync(at(name), 'utf8'), 'base64')
const statistics = (file: string) =>
  statisticsCommand(file, { by: 'reason', publish: false, csv: false, json: false, html: false, now: new Date() })
beforeAll(async () => {
  settings = await NcpSettings.make()
  // To SQLite, a database without tables.
  writeFileSync(at('records.sqlite'), '')
})
afterAll(() => settings.remove())

describe('a command that tries the settings', () => {
  it('makes no database file, and says that the first start does', async () => {
    const file = settingsOn('missing.sqlite')
    const { text } = await said(() => configCheckCommand(file))
    expect(text).toContain(`Database: SQLite, ${at('missing.sqlite')}: not there; the first start makes it\n`)
    await said(() => sisCheckCommand(file, undefined))
    expect(existsSync(at('missing.sqlite'))).toBe(false)
  })

  it('leaves tables of an older version as they are, and says that the next start changes them', async () => {
    const file = settingsOn('older.sqlite')
    const seal = { key: keyIn('seal.key') }
    const knex = openSqlite({ file: at('older.sqlite') })
    await migrateStore(knex, seal)
    await knex('emrex_schema').update({ version: 1 })
    const tables = () => knex('sqlite_master').orderBy('name').pluck('sql')
    const before = await tables()
    const { text } = await said(() => configCheckCommand(file))
    expect(text).toMatch(/^Database: .*older\.sqlite: schema 1 of \d+; `emrex store migrate`, or the next start/m)
    const { text: looked } = await said(() => storeCheckCommand(file))
    expect(looked).toContain('schema 1 of ')
    expect(await tables()).toEqual(before)
    expect(await knex('emrex_schema').pluck('version')).toEqual([1])
    await knex.destroy()
  })

  it('makes no database for a system either, and says that it is not there', async () => {
    const file = settingsOn('unused.sqlite', './no-records.sqlite')
    const { code, text } = await said(() => configCheckCommand(file))
    expect([code, text]).toEqual([
      1,
      expect.stringContaining('System records: NOT in order\n  the database file is not there\n'),
    ])
    expect(existsSync(at('no-records.sqlite'))).toBe(false)
  })

  it('only tries a seal key that is about to be taken into use: who starts with the one before, starts', async () => {
    const seal = { key: keyIn('seal.key') }
    await (await openStore({ knex: openSqlite({ file: at('renewed.sqlite') }), seal })).close()
    writeFileSync(at('next.key'), randomBytes(32).toString('base64'))
    const file = settingsOn('renewed.sqlite')
    const written = JSON.parse(readFileSync(file, 'utf8')) as object
    const next = { seal: { keyFile: './next.key', previousKeyFiles: ['./seal.key'] } }
    writeFileSync(file, JSON.stringify({ ...written, ...next }))
    const { text } = await said(() => configCheckCommand(file))
    expect(text).toContain('up to date')
    const knex = openSqlite({ file: at('renewed.sqlite') })
    expect(await inspectStore(knex, seal)).toMatchObject({ keyFits: true })
    await knex.destroy()
  })
})

describe('a database that this version cannot use', () => {
  const ofVersion = async (name: string, version: (current: number) => number) => {
    const knex = openSqlite({ file: at(name) })
    await migrateStore(knex, { key: keyIn('seal.key') })
    const [current] = await knex('emrex_schema').pluck<number[]>('version')
    await knex('emrex_schema').update({ version: version(current!) })
    await knex.destroy()
    return settingsOn(name)
  }

  it('is told by a start and by commands in one line, with 69: made by a newer version', async () => {
    const file = await ofVersion('newer.sqlite', (current) => current + 1)
    const commands = { serveCommand, configCheckCommand, storeMigrateCommand, statistics, retentionReportCommand }
    for (const [name, command] of Object.entries(commands)) {
      const { code, text } = await said(() => command(file))
      expect([name, code, text]).toEqual([name, 69, expect.stringMatching(/^[^\n]+made by a newer version[^\n]+\n$/)])
    }
  })

  it('is told by commands that read it: older than they are', async () => {
    const file = await ofVersion('old.sqlite', () => 1)
    for (const command of [statistics, retentionReportCommand]) {
      const { code, text } = await said(() => command(file))
      expect([code, text]).toEqual([
        69,
        expect.stringMatching(/^[^\n]+schema 1 of \d+; `emrex store migrate`[^\n]+\n$/),
      ])
    }
  })

  it('is told by a start where its seal key is another one', async () => {
    const seal = { key: randomBytes(32) }
    await (await openStore({ knex: openSqlite({ file: at('other-key.sqlite') }), seal })).close()
    const { code, text } = await said(() => serveCommand(settingsOn('other-key.sqlite')))
    expect([code, text]).toEqual([69, expect.stringMatching(/^[^\n]+seal key[^\n]+previousKeyFiles[^\n]+\n$/)])
  })
})
