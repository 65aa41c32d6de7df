import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '../src/open-sqlite.js'
import { sqliteDrivers, type SqliteDriverName } from '../src/sqlite-drivers.js'

// The writer speaks to the driver directly: it only has to die while it holds the lock that knex would hold.
const writer = `
  const [driver, file] = process.argv.slice(1)
  const loaded = require(driver)
  const Database = loaded.DatabaseSync ?? loaded
  const db = new Database(file)
  db.exec('begin immediate')
  db.exec("insert into t values ('lost')")
  process.stdout.write('locked')
  setInterval(() => {}, 1000)
`

async function dieHoldingTheLock(driver: SqliteDriverName, file: string, whileLocked: () => Promise<void>) {
  const path = driver.startsWith('node:') ? driver : createRequire(import.meta.url).resolve(driver)
  const child = spawn(process.execPath, ['-e', writer, path, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  // Whatever happens in between, nothing is left that holds up the tests.
  try {
    await once(child.stdout, 'data')
    await whileLocked()
  } finally {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

describe.each(sqliteDrivers())('a file locked by a crashed process, on %s', (driver) => {
  it('opens again, without what the process had not committed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'knex-sqlite-'))
    const file = join(folder, 'test.db')
    const before = openSqlite({ file, driver, patienceMilliseconds: 50 })
    await before.raw('create table t (id text primary key) strict')
    await before('t').insert({ id: 'kept' })
    await dieHoldingTheLock(driver, file, async () => {
      // Not `toThrow`: a native driver makes its errors with the class that the first test file of a process gave it, and
      // what comes from another file's world is no error to jest.
      const refused = { message: expect.stringMatching(/locked/) as string }
      await expect(before('t').insert({ id: 'refused' })).rejects.toMatchObject(refused)
    })
    await before.destroy()

    const after = openSqlite({ file, driver })
    await after('t').insert({ id: 'new' })
    expect(await after('t').pluck('id').orderBy('id')).toEqual(['kept', 'new'])
    await after.destroy()
    rmSync(folder, { recursive: true })
  })
})
