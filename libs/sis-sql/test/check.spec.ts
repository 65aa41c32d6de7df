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

  it('says that nobody is found by a number with signs that logins leave out', async () => {
    const write = (number: string) => async (database: FixtureDatabase) =>
      database.run(`update emrex_person set national_id = '${number}' where person_key = 'key-ada'`)
    const findings = async (number: string) => (await checked(write(number))).findings
    expect(await findings('050689 07693')).toEqual([
      'view emrex_person: in 1 of 5 rows national_id has small letters, or signs that no login gives with it; nobody is found by it',
    ])
    expect(await findings('05068907693')).toEqual([])
  })

  it('names a missing view and the columns that a view lacks', async () => {
    const health = await checked((database) =>
      database.run('drop table emrex_result', 'alter table emrex_person drop column family_name'),
    )
    expect(health.ok).toBe(false)
    expect(health.findings).toEqual([
      'view emrex_person lacks family_name',
      'view emrex_result is missing, or the gateway may not read it',
    ])
  })

  it('only remarks on what is optional', async () => {
    const health = await checked((database) =>
      database.run(
        'drop table emrex_distribution',
        'alter table emrex_person drop column esi',
        'alter table emrex_person drop column email',
        'alter table emrex_person drop column protected',
      ),
    )
    expect(health.ok).toBe(true)
    expect(health.findings).toEqual([
      'nobody is found by esi: view emrex_person lacks esi',
      'nobody counts as protected: view emrex_person lacks protected',
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
      'view emrex_import_item is missing, or the gateway may not read it',
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
    expect(await connection.check(context)).toEqual({
      ok: false,
      findings: ['the file is no readable database (SQLITE_NOTADB)'],
    })
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

  it('says what is wrong with rows, without a value of any of them', async () => {
    const health = await checked((database) =>
      database.run(
        `update emrex_result set status = 'annulled' where code = 'HALF'`,
        `update emrex_result set date = '01.06.2025' where code = 'HALF'`,
        `update emrex_result set credits = '7,5' where code = 'HALF'`,
        `update emrex_result set credits = 'ten' where code = 'WHOLE'`,
        `update emrex_result set credits = 10 where code = 'FAILED'`,
        `update emrex_result set los_type = 'Thesis' where code = 'HALF'`,
        `update emrex_result set parent_key = '06' where code = 'WHOLE'`,
        `update emrex_grading_scheme set ordinal = 'first' where label = 'A'`,
        `update emrex_person set birth_date = birth_date || ' 00:00:00' where person_key = 'key-ada'`,
      ),
    )
    expect(health).toEqual({
      ok: true,
      findings: [
        'view emrex_person: in 1 of 5 rows birth_date has a time behind the day; where the column is text, nobody is found by it',
        'view emrex_result: in 1 of 12 rows date is not of the form YYYY-MM-DD; it is left out',
        'view emrex_result: in 1 of 12 rows credits is no decimal; it is left out',
        'view emrex_result: in 1 of 12 rows credits has a comma; it is read as a decimal point',
        'view emrex_result: in 1 of 12 rows credits is a number; cast it to text, or zeros at its ends are lost',
        'view emrex_result: in 1 of 12 rows status is none of passed, failed, in-progress, withdrawn; these results are left out',
        'view emrex_result: in 1 of 12 rows los_type is none of Degree Programme, Module, Course, Class; it is left out',
        'view emrex_result: in 2 of 12 rows a result is among its own parts; it stands alone',
        'view emrex_grading_scheme: in 1 of 6 rows ordinal is no whole number',
      ],
    })
  })

  it('is not content with rows that a transfer fails on', async () => {
    const health = await checked((database) =>
      database.run(
        `update emrex_result set result_key = '01' where code = 'HALF'`,
        `update emrex_result set credits = 0.1 + 0.2 where code = 'WHOLE'`,
        `update emrex_person set person_key = '' where esi is null`,
        `insert into emrex_attachment (person_key, attachment_key, content) values ('key-bo', 'a', 'no bytes')`,
      ),
    )
    expect(health).toEqual({
      ok: false,
      findings: [
        'view emrex_person: in 1 of 5 rows person_key is empty',
        'column credits of view emrex_result is a number too long to be exact; cast it to text in the view',
        'view emrex_result: in 1 of 12 rows result_key is not unique',
        'column content of view emrex_attachment is not binary',
      ],
    })
  })

  it('reads no more rows than the settings say', async () => {
    const spoil = (database: FixtureDatabase) =>
      database.run(`update emrex_result set date = 'soon' where result_key > '03'`)
    expect((await checked(spoil, { checkRows: 2 })).findings).toEqual([])
    expect((await checked(spoil, { checkRows: 4 })).findings).toEqual([
      'view emrex_result: in 1 of 4 rows date is not of the form YYYY-MM-DD; it is left out',
    ])
  })

  it.each([
    ['mssql', 'mssql://gateway@127.0.0.1:1/university', 'tedious'],
    ['oracledb', 'oracle://gateway@127.0.0.1:1/university', 'oracledb'],
  ])(
    'starts without the driver of %s, names its package, and says that it was never tried',
    async (client, address, driver) => {
      const settings = sqlSettings.parse({ client, connection: address })
      const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
      expect(await connection.check(context)).toEqual({
        ok: false,
        findings: [
          `the driver of this database is not installed; install the package ${driver}`,
          `not confirmed: client ${client} was written by the book and never run against such a database`,
        ],
      })
      await expect(connection.source!.institutions(context)).rejects.toMatchObject({ kind: 'unsupported' })
      await connection.close()
    },
  )

  it('says when a connection leaves this machine without TLS', async () => {
    const findings = async (more: object) => {
      const settings = sqlSettings.parse({ client: 'pg', timeoutSeconds: 0.2, ...more })
      const connection = await sqlSisPlugin.create(settings, recordingHost(), 'fjell')
      const health = await connection.check(context)
      await connection.close()
      return health.findings
    }
    const bare = 'the connection to the database is not encrypted; the settings have no tls'
    const elsewhere = 'postgresql://gateway@database.invalid/university'
    expect(await findings({ connection: elsewhere })).toContain(bare)
    expect(await findings({ connection: elsewhere, tls: {} })).not.toContain(bare)
    expect(await findings({ connection: 'postgresql://gateway@127.0.0.1:1/university' })).not.toContain(bare)
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

describe('the address of a server', () => {
  const create = (more: object) =>
    sqlSisPlugin.create(sqlSettings.parse({ client: 'pg', ...more }), recordingHost(), 'fjell')

  it.each([
    ['postgresql', 'connection: expected postgresql://user@host:5432/database'],
    ['mysql://gateway:secret@host/database', 'connection: expected postgresql://user@host:5432/database'],
    ['postgresql://gateway:secret@host/database?sslmode=require', 'connection: "sslmode" is not known here'],
    ['postgresql://gateway:100%secret@host/database', 'connection: write a % that means itself as %25'],
  ])('is refused in plain words, without the password in it: %s', async (connection, words) => {
    const refused = create({ connection })
    await expect(refused).rejects.toThrow(words)
    await expect(refused).rejects.not.toThrow('secret')
  })

  it('needs each file that the settings name', async () => {
    const connection = 'postgresql://gateway@host/database'
    await expect(create({ connection, passwordFile: 'absent' })).rejects.toThrow(
      'passwordFile: the file cannot be read',
    )
    await expect(create({ connection, tls: { caFile: 'absent' } })).rejects.toThrow(
      'tls.caFile: the file cannot be read',
    )
  })
})
