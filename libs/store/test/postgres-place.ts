import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresUrl, runFromSource, type DatabaseServer } from '@emrex-gateway/testing'
import type { StorePlace } from '@emrex-gateway/testing/contracts'
import type { Knex } from 'knex'
import { openPostgres, openStore } from '../src/index.js'
import { swapSealed } from './swap-sealed.js'
import { verifiedAudit } from './verified-audit.js'

const writer = fileURLToPath(new URL('writer.ts', import.meta.url))

/** Asks something as the one who may do everything. */
export async function asAdmin<T>(server: DatabaseServer, work: (knex: Knex) => Promise<T>): Promise<T> {
  const knex = openPostgres({ url: postgresUrl(server), maxConnections: 1 })
  try {
    return await work(knex)
  } finally {
    await knex.destroy()
  }
}

/** A user with a schema of its own on a server that runs: quicker than a database. */
export async function postgresPlace(server: DatabaseServer): Promise<StorePlace> {
  const name = `place_${randomBytes(6).toString('hex')}`
  await asAdmin(server, async (knex) => {
    await knex.raw(`create role ?? login password '${name}'`, [name])
    await knex.raw('create schema authorization ??', [name])
  })
  const url = `postgresql://${name}:${name}@127.0.0.1:${server.port}/postgres`
  return {
    open: async ({ key, previousKeys, now }) => {
      const knex = openPostgres({ url })
      try {
        return await openStore({ knex, seal: { key, previousKeys }, now })
      } catch (error) {
        await knex.destroy()
        throw error
      }
    },
    async bytesAtRest() {
      const oid = await asAdmin(server, async (knex) => {
        await knex.raw('checkpoint')
        return (await knex('pg_database').where({ datname: 'postgres' }).pluck<string[]>('oid'))[0]!
      })
      const folders = [join(server.folder, 'data', 'base', oid), join(server.folder, 'data', 'pg_wal')]
      const files = await Promise.all(
        folders.map(async (folder) =>
          (await readdir(folder, { withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map((entry) => join(folder, entry.name)),
        ),
      )
      return Buffer.concat(await Promise.all(files.flat().map((file) => readFile(file))))
    },
    async swapSealed(what, first, second) {
      const knex = openPostgres({ url })
      await swapSealed(knex, what, first, second)
      await knex.destroy()
    },
    verifyAudit: (key) => verifiedAudit(openPostgres({ url }), key),
    startWriter: (key) =>
      spawn(process.execPath, ['--import', runFromSource, writer, 'postgres', url, Buffer.from(key).toString('hex')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    remove: () => asAdmin(server, (knex) => knex.raw('drop owned by ??; drop role ??', [name, name])),
  }
}
