import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Knex } from 'knex'
import { isUniqueViolation } from './is-unique-violation.js'
import { isLocked, isUnavailable } from './is-unavailable.js'
import { openSqlite, type SqliteOptions } from './open-sqlite.js'
import { sqliteDriverNames, sqliteDrivers } from './sqlite-drivers.js'

const absent = sqliteDriverNames.filter((name) => !sqliteDrivers().includes(name))
for (const name of absent)
  process.stdout.write(`skipped: "openSqlite on ${name}" needs that driver, which does not load here\n`)

describe.each(sqliteDrivers())('openSqlite on %s', (driver) => {
  let folder: string
  let file: string
  const opened: Knex[] = []
  const open = (options: Partial<SqliteOptions> = {}) => {
    const db = openSqlite({ file, driver, ...options })
    opened.push(db)
    return db
  }

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'knex-sqlite-'))
    file = join(folder, 'data', 'test.db')
  })
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((db) => db.destroy()))
    rmSync(folder, { recursive: true })
  })

  const withTable = async () => {
    const db = open()
    await db.raw(
      'create table t (id text primary key, n integer unique, bytes blob, parent text references t (id)) strict',
    )
    return db
  }

  it('keeps each commit: write-ahead log, full synchronisation, foreign keys', async () => {
    const db = open()
    expect(await db.raw('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
    expect(await db.raw('PRAGMA synchronous')).toEqual([{ synchronous: 2 }])
    expect(await db.raw('PRAGMA foreign_keys')).toEqual([{ foreign_keys: 1 }])
  })

  it('waits for somebody else who holds the file, who may be in the same thread', async () => {
    const db = await withTable()
    const other = await open().transaction()
    await other('t').insert({ id: 'first' })
    const alone = db('t').insert({ id: 'second' }).then()
    const together = db.transaction((trx) => trx('t').insert({ id: 'third' }))
    await wait(100)
    await other.commit()
    await Promise.all([alone, together])
    expect(await db('t').pluck('id').orderBy('id')).toEqual(['first', 'second', 'third'])
  })

  it('waits no longer than it should', async () => {
    const db = await withTable()
    const other = await open().transaction()
    await other('t').insert({ id: 'first' })
    const hasty = open({ patienceMilliseconds: 50 })
    const refused: unknown = await hasty('t')
      .insert({ id: 'second' })
      .catch((error: unknown) => error)
    expect([isLocked(refused), isUnavailable(refused)]).toEqual([true, true])
    await other.commit()
    expect(await db('t').pluck('id')).toEqual(['first'])
  })

  it('does not wait where what was read has changed since: that does not go away', async () => {
    const db = await withTable()
    const patient = await open({ patienceMilliseconds: 3_600_000 }).transaction()
    await patient('t').select()
    await db('t').insert({ id: 'meanwhile' })
    const refused: unknown = await patient('t')
      .insert({ id: 'late' })
      .catch((error: unknown) => error)
    expect([isLocked(refused), isUnavailable(refused)]).toEqual([false, true])
    await patient.rollback()
  })

  it('makes the file and its folder, readable by their owner alone', async () => {
    await withTable()
    expect(statSync(file).mode & 0o077).toBe(0)
  })

  it('gives blobs back as Uint8Array, whatever part of a buffer went in', async () => {
    const db = await withTable()
    const bytes = Buffer.from([9, 0, 1, 255, 9]).subarray(1, 4)
    await db('t').insert({ id: 'a', bytes })
    const row: unknown = await db('t').first('bytes')
    const { bytes: back } = row as { bytes: Uint8Array }
    expect(back).toBeInstanceOf(Uint8Array)
    expect([...back]).toEqual([0, 1, 255])
  })

  it('gives rows for statements with RETURNING, and counts for those without', async () => {
    const db = await withTable()
    expect(
      await db('t')
        .insert({ id: 'a', n: 2 ** 45 })
        .returning('n'),
    ).toEqual([{ n: 2 ** 45 }])
    expect(await db('t').where({ id: 'a' }).update({ n: 5 })).toBe(1)
    expect(await db('t').where({ id: 'nobody' }).delete()).toBe(0)
  })

  it('lets a unique violation be recognised, and no other', async () => {
    const db = await withTable()
    await db('t').insert({ id: 'a', n: 1 })
    const caught = (row: object) =>
      db('t')
        .insert(row)
        .then(
          () => undefined,
          (error: unknown) => error,
        )
    expect(isUniqueViolation(await caught({ id: 'a', n: 2 }))).toBe(true)
    expect(isUniqueViolation(await caught({ id: 'b', n: 1 }))).toBe(true)
    expect(isUniqueViolation(await caught({ id: 'c', n: 'text in a number column' }))).toBe(false)
    expect(isUniqueViolation(await caught({ id: 'd', parent: 'nobody' }))).toBe(false)
  })

  it('keeps values out of error messages', async () => {
    const db = await withTable()
    await db('t').insert({ id: '131052-308T' })
    const error: unknown = await db('t')
      .insert({ id: '131052-308T' })
      .catch((thrown: unknown) => thrown)
    expect(String(error)).toContain('insert into')
    expect(String(error)).not.toContain('131052-308T')
  })

  it('undoes a transaction that throws', async () => {
    const db = await withTable()
    const failing = db.transaction(async (trx) => {
      await trx('t').insert({ id: 'a' })
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    expect(await db('t').select()).toEqual([])
  })

  it('refuses writes when opened read-only, and reads what another connection wrote', async () => {
    await (await withTable())('t').insert({ id: 'a' })
    const reader = open({ readOnly: true })
    expect(await reader('t').pluck('id')).toEqual(['a'])
    await expect(reader('t').delete()).rejects.toMatchObject({ message: expect.stringMatching(/readonly/) as string })
  })

  it('does not make a file when opened read-only', () => {
    expect(() => open({ readOnly: true })).toThrow(/no database file/)
  })
})
