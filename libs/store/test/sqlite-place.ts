import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSqlite, type SqliteDriverName } from '@emrex-gateway/knex-sqlite'
import { runFromSource } from '@emrex-gateway/testing'
import { openStore } from '../src/index.js'
import { swapSealed } from './swap-sealed.js'
import { verifiedAudit } from './verified-audit.js'
import type { StorePlace } from '@emrex-gateway/testing/contracts'

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

/** A SQLite file in a folder of its own. */
export async function sqlitePlace(driver: SqliteDriverName): Promise<StorePlace> {
  const folder = await mkdtemp(join(tmpdir(), 'store-'))
  const file = join(folder, 'gateway.db')
  return {
    open: async ({ key, previousKeys, now }) => {
      const knex = openSqlite({ file, driver })
      try {
        return await openStore({ knex, seal: { key, previousKeys }, now })
      } catch (error) {
        await knex.destroy()
        throw error
      }
    },
    async bytesAtRest() {
      const names = await readdir(folder)
      return Buffer.concat(await Promise.all(names.map((name) => readUnlessGone(join(folder, name)))))
    },
    async swapSealed(what, first, second) {
      const knex = openSqlite({ file, driver })
      await swapSealed(knex, what, first, second)
      await knex.destroy()
    },
    async verifyAudit(key) {
      const knex = openSqlite({ file, driver })
      return await verifiedAudit(knex, key)
    },
    startWriter: (key) =>
      spawn(
        process.execPath,
        ['--import', runFromSource, beside('writer.ts'), driver, file, Buffer.from(key).toString('hex')],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      ),
    remove: () => rm(folder, { recursive: true }),
  }
}

/** The two files beside a database go away when its last connection closes, which may be at this moment. */
async function readUnlessGone(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || !/-(shm|wal)$/.test(path)) throw error
    return new Uint8Array()
  }
}
