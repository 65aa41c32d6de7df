import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { runFromSource } from '@emrex-gateway/testing'
import { openSqlite } from '../src/open-sqlite.js'
import { sqliteDrivers, type SqliteDriverName } from '../src/sqlite-drivers.js'

const source = pathToFileURL(new URL('../src/open-sqlite.ts', import.meta.url).pathname).href

/** A process that holds the file and writes to it. */
async function holder(driver: SqliteDriverName, file: string) {
  const script = `
    const { openSqlite } = await import(${JSON.stringify(source)})
    const knex = openSqlite({ ...${JSON.stringify({ file, driver })}, soleWriter: true })
    await knex.raw('create table if not exists t (id text)')
    await knex('t').insert({ id: 'written' })
    process.stdout.write('held')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--import', runFromSource, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

/** Whether another process gets the file: what it says, which is `held` or the code of its refusal. */
async function tryInProcess(driver: SqliteDriverName, file: string): Promise<string[]> {
  const script = `
    const { openSqlite } = await import(${JSON.stringify(source)})
    try {
      await openSqlite({ ...${JSON.stringify({ file, driver })}, soleWriter: true }).destroy()
      console.log('held')
    } catch (error) {
      console.log(error.code)
    }`
  const child = spawn(process.execPath, ['--import', runFromSource, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return (await text(child.stdout)).trim().split('\n')
}

describe.each(sqliteDrivers())('a file that one process alone may write to, on %s', (driver) => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'knex-sqlite-'))
    file = join(folder, 'a.db')
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('is refused to a second process at once, in plain words, and free when the first one is killed', async () => {
    const child = await holder(driver, file)
    try {
      const refused = {
        code: 'SQLITE_IN_USE',
        message: `The database file ${file} is in use by another process; only one at a time may write to it`,
      }
      expect(() => openSqlite({ file, driver, soleWriter: true })).toThrow(expect.objectContaining(refused))
      const reader = openSqlite({ file, driver, readOnly: true })
      expect(await reader('t').pluck('id')).toEqual(['written'])
      await reader.destroy()
    } finally {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    const next = openSqlite({ file, driver, soleWriter: true })
    await next('t').insert({ id: 'next' })
    expect(await next('t').pluck('id')).toEqual(['written', 'next'])
    await next.destroy()
  }, 60_000)

  it('is refused to a second part of the same process, until the first one has closed it', async () => {
    const first = openSqlite({ file, driver, soleWriter: true })
    expect(() => openSqlite({ file, driver, soleWriter: true })).toThrow(/in use/)
    await first.destroy()
    await openSqlite({ file, driver, soleWriter: true }).destroy()
  })

  it('is refused to another driver in the same process, and that one takes nothing away from the first', async () => {
    const first = openSqlite({ file, driver, soleWriter: true })
    for (const other of sqliteDrivers())
      expect(() => openSqlite({ file, driver: other, soleWriter: true })).toThrow(/in use/)
    const [word] = await tryInProcess(driver, file)
    expect(word).toBe('SQLITE_IN_USE')
    await first.destroy()
    expect(await tryInProcess(driver, file)).toEqual(['held'])
  }, 60_000)
})
