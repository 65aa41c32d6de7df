import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { recordingHost } from '@emrex-gateway/testing'
import { sqlSettings, sqlSisPlugin } from '../src/index.js'
import { makeFixtureDatabase, type FixtureDatabase } from './fixture-database.js'
import { fixtureRows } from './fixture-rows.js'

const context = { signal: new AbortController().signal, languages: ['en'], reference: 'test' }
const made: FixtureDatabase[] = []

async function checked(change: (database: FixtureDatabase) => Promise<void>, more: object = {}) {
  const database = await makeFixtureDatabase(fixtureRows)
  made.push(database)
  await change(database)
  const settings = sqlSettings.parse({ client: 'sqlite', file: database.file, ...more })
  const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
  const health = await connection.check(context)
  await connection.close()
  return health
}

describe('check', () => {
  afterAll(() => made.forEach((database) => database.remove()))

  it('is content with every view', async () => {
    expect(await checked(async () => {}, { target: true })).toEqual({ ok: true, findings: [] })
  })

  it('names a missing view and the columns that a view lacks', async () => {
    const health = await checked((database) =>
      database.run('drop table emrex_result', 'alter table emrex_person drop column family_name'),
    )
    expect(health.ok).toBe(false)
    expect(health.findings).toEqual(['view emrex_person lacks family_name', 'view emrex_result is missing'])
  })

  it('only remarks on what is optional', async () => {
    const health = await checked((database) =>
      database.run(
        'drop table emrex_distribution',
        'alter table emrex_person drop column esi',
        'alter table emrex_person drop column email',
      ),
    )
    expect(health.ok).toBe(true)
    expect(health.findings).toEqual([
      'nobody is found by esi: view emrex_person lacks esi',
      'nobody is sent a code: view emrex_person lacks email',
      'view emrex_distribution is not there; what it would show is left out',
    ])
  })

  it('asks for the import tables of a target, and for nothing of a source that is off', async () => {
    const drop = (database: FixtureDatabase) =>
      database.run(
        'drop table emrex_import_item',
        'drop table emrex_result',
        'alter table emrex_import drop column emp',
      )
    expect((await checked(drop, { target: true, source: false })).findings).toEqual([
      'view emrex_import lacks emp',
      'view emrex_import_item is missing',
    ])
  })

  it('says when an institution of the settings is not there', async () => {
    expect((await checked(async () => {}, { institutionCodes: ['FJELL', 'GONE'] })).findings).toEqual([
      'institution GONE of the settings is not in view emrex_institution',
    ])
  })

  it('says when the file is no database', async () => {
    const settings = sqlSettings.parse({ client: 'sqlite', file: import.meta.filename })
    const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    expect(await connection.check(context)).toEqual({ ok: false, findings: ['the file is no readable database'] })
    await connection.close()
  })

  it('does not make a database out of a wrong path', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sis-sql-'))
    const settings = sqlSettings.parse({ client: 'sqlite', file: join(folder, 'absent.sqlite'), target: true })
    const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    const health = await connection.check(context)
    await connection.close()
    const made = readdirSync(folder)
    rmSync(folder, { recursive: true })
    expect(health).toEqual({ ok: false, findings: ['the database file is not there'] })
    expect(made).toEqual([])
  })

  it('starts without a driver that is not there, and says what is missing', async () => {
    const settings = sqlSettings.parse({ client: 'pg', connection: 'postgresql://127.0.0.1:1/none' })
    const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
    const { ok, findings } = await connection.check(context)
    expect(ok).toBe(false)
    // Where the driver is installed, there is still nobody at that address.
    expect(['the driver of this database is not installed', 'the database did not answer']).toContain(findings[0])
    await connection.close()
  })
})

describe('sqlSettings', () => {
  it('refuses settings that it does not know, and a connection that neither reads nor writes', () => {
    const base = { client: 'sqlite', file: 'x.sqlite' }
    expect(sqlSettings.safeParse(base).success).toBe(true)
    expect(sqlSettings.safeParse({ ...base, sorce: true }).success).toBe(false)
    expect(sqlSettings.safeParse({ ...base, source: false, target: false }).success).toBe(false)
    expect(sqlSettings.safeParse({ ...base, viewPrefix: 'x; drop' }).success).toBe(false)
  })
})
