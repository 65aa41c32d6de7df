import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { describeWith, runFromSource, postgresUrl, startPostgres } from '@emrex-gateway/testing'
import { jest } from '@jest/globals'
import type { Knex } from 'knex'
import { openPostgres, openStore } from '../src/index.js'
import { migrations, schemaVersion } from '../src/migrate.js'
import { asAdmin } from './postgres-place.js'

jest.setTimeout(300_000)

const migrator = fileURLToPath(new URL('migrator.ts', import.meta.url))
const rounds = Number(process.env['EMREX_FAULTS'] ?? 2)
const options = { seal: { key: new Uint8Array(32).fill(7) }, now: Date.now }

/** Kills a migration when it has done half of its last step. */
async function killHalfWay(kind: string, place: string): Promise<void> {
  const child = spawn(process.execPath, ['--import', runFromSource, migrator, kind, place], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [word] = (await once(child.stdout, 'data')) as [Buffer]
    expect(word.toString()).toBe('half')
  } finally {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
}

/** From nothing, and from a schema that is there: the killed step leaves nothing, and the next start goes through. */
async function survives(kind: string, place: string, open: () => Knex): Promise<void> {
  for (const before of [undefined, migrations.length]) {
    await killHalfWay(kind, place)
    const knex = open()
    expect((await schemaVersion(knex)) || undefined).toBe(before)
    expect(await knex.schema.hasTable('emrex_half')).toBe(false)
    await openStore({ knex, ...options }).then((store) => store.close())
  }
}

describe('a migration that is killed half way (m1)', () => {
  it('leaves nothing of its step on SQLite, and the next start goes through', async () => {
    for (let round = 0; round < rounds; round++) {
      const folder = mkdtempSync(join(tmpdir(), 'store-migration-'))
      const file = join(folder, 'gateway.db')
      await survives('sqlite', file, () => openSqlite({ file }))
      rmSync(folder, { recursive: true })
    }
  })
})

describeWith(describe, 'postgresql', 'a migration on PostgreSQL', () => {
  it('leaves nothing of its step when it is killed half way, and the next start goes through (m1)', async () => {
    const server = await startPostgres()
    try {
      for (let round = 0; round < rounds; round++) {
        const name = `killed_${round}`
        await asAdmin(server, (knex) => knex.raw('create database ??', [name]))
        const url = postgresUrl(server, name)
        await survives('postgres', url, () => openPostgres({ url }))
      }
    } finally {
      await server.close()
    }
  })
})
