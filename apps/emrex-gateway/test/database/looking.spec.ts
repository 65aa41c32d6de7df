import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { migrateStore } from '@emrex-gateway/store'
import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { demoLoginPeople, students } from '@emrex-gateway/town'
import { configCheckCommand } from '../../src/cli/config-check-command.js'
import { sisCheckCommand } from '../../src/cli/sis-check-command.js'
import { storeCheckCommand } from '../../src/cli/store-commands.js'
import { saidBy as said } from '../said-by.js'

let folder: string
const at = (name: string) => join(folder, name)
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emrex-looking-'))
  const signer = await makeThrowawaySigner()
  writeFileSync(at('seal.key'), randomBytes(32).toString('base64'))
  writeFileSync(at('key.pem'), signer.privateKey)
  writeFileSync(at('certificate.pem'), signer.certificate)
  // To SQLite, a database without tables.
  writeFileSync(at('records.sqlite'), '')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** An SMP, whose system is written into; a file of settings on a database file. */
function settingsOn(database: string, records = './records.sqlite'): string {
  const file = at(`${database}.yaml`)
  const settings = {
    ...{ environment: 'demo', listen: { port: 0 }, logLevel: 'info' },
    ...{ database: { file: `./${database}` }, seal: { keyFile: './seal.key' } },
    logins: [{ id: 'people', plugin: 'demo', settings: { country: 'NO', people: demoLoginPeople(students) } }],
    systems: [{ id: 'records', plugin: 'sql', settings: { client: 'sqlite', file: records } }],
    ncp: [
      {
        ...{ id: 'abroad', title: 'Abroad University', publicUrl: 'http://localhost:1' },
        ...{ logins: ['people'], sources: ['records'] },
        signing: { keyFile: './key.pem', certificateFile: './certificate.pem' },
      },
    ],
  }
  // JSON is YAML.
  writeFileSync(file, JSON.stringify(settings))
  return file
}

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
    const seal = { key: Buffer.from(readFileSync(at('seal.key'), 'utf8'), 'base64') }
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
})
