import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSqlite, sqliteDrivers } from '@emrex-gateway/knex-sqlite'
import { describeWith, runFromSource, postgresUrl, startPostgres, type DatabaseServer } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { openPostgres, openStore } from '../src/index.js'
import { auditAsBefore } from './audit-as-before.js'
import { key } from './audit-scene.js'
import { manyOldLines } from './many-old-lines.js'
import { asAdmin } from './postgres-place.js'

jest.setTimeout(120_000)

const count = 20_000
const now = Date.now

async function databaseOfBefore(knex: Knex): Promise<void> {
  await openStore({ knex, seal: { key }, now })
  await auditAsBefore(knex)
  await manyOldLines(knex, count)
}

async function holdsAfterwards(knex: Knex): Promise<void> {
  const store = await openStore({ knex, seal: { key }, now })
  const { chains, problems } = await store.auditChain.verify()
  expect([problems, chains.slice(0, 2).map(({ lines }) => lines)]).toEqual([[], [count / 2, count / 2]])
  await store.close()
}

describe('linking the evidence of before, when the process is killed', () => {
  it('is done whole at the next start on SQLite', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'audit-killed-'))
    const file = join(folder, 'gateway.db')
    const driver = sqliteDrivers()[0]!
    const before = openSqlite({ file, driver })
    await databaseOfBefore(before)
    await before.destroy()
    const program = fileURLToPath(new URL('migrate-and-die.ts', import.meta.url))
    const hex = Buffer.from(key).toString('hex')
    const child = spawn(process.execPath, ['--import', runFromSource, program, driver, file, hex], { stdio: 'ignore' })
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
    const after = openSqlite({ file, driver })
    expect((await after('emrex_schema').pluck<number[]>('version'))[0]).toBe(2)
    await holdsAfterwards(after)
    await rm(folder, { recursive: true })
  })
})

describeWith(describe, 'postgresql', 'linking the evidence of before, when the connection is cut', () => {
  let server: DatabaseServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.close())

  it('is done whole at the next start on PostgreSQL', async () => {
    const knex = openPostgres({ url: postgresUrl(server) })
    await databaseOfBefore(knex)
    const opened = openStore({ knex, seal: { key }, now }).then(
      () => 'opened',
      () => 'cut',
    )
    await asAdmin(server, async (admin) => {
      for (let cut = 0; cut === 0;) {
        const found = await admin('pg_stat_activity')
          .whereLike('query', '%with placed%')
          .whereNot('pid', admin.raw('pg_backend_pid()'))
          .select(admin.raw('pg_terminate_backend(pid)'))
        cut = found.length
      }
    })
    expect(await opened).toBe('cut')
    expect((await knex('emrex_schema').pluck<number[]>('version'))[0]).toBe(2)
    await holdsAfterwards(knex)
  })
})
