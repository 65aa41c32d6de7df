import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { rowsOfPopulation } from '@emrex-gateway/testing'
import { makeImportTables, makeViews, type Place } from './place.js'

/** A file. Each reader has a copy, because what happens to a file happens to everybody who reads it. */
export async function sqlitePlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'sis-sql-'))
  const file = join(folder, 'university.sqlite')
  const first = openSqlite({ file })
  await makeViews(first, 'sqlite', rowsOfPopulation())
  await makeImportTables(first, 'sqlite')
  // What is still in the write-ahead log goes into the file.
  await first.destroy()
  const untouched = join(folder, 'untouched.sqlite')
  copyFileSync(file, untouched)
  const owner = openSqlite({ file })
  let copies = 0
  return {
    client: 'sqlite',
    owner,
    user: async (role, other) => {
      const own = role === 'importer' || other !== undefined ? file : join(folder, `copy-${++copies}.sqlite`)
      if (own !== file) copyFileSync(untouched, own)
      return {
        name: 'nobody',
        settings: { client: 'sqlite', file: own, ...(other === undefined ? {} : { viewPrefix: other.prefix }) },
        is: async (scenario) => {
          if (scenario === 'down') rmSync(own)
          if (scenario === 'truncated') writeFileSync(own, Buffer.alloc(8192, 'x'))
          if (scenario !== 'failing') return
          const knex = openSqlite({ file: own })
          await knex.raw('drop view emrex_result')
          await knex.destroy()
        },
        close: async () => {},
      }
    },
    refuseThirdItem: async () => {
      await owner.raw(
        `create trigger refuse before insert on emrex_import_item when new.item_no = 3
         begin select raise(abort, 'refused'); end`,
      )
      return async () => void (await owner.raw('drop trigger refuse'))
    },
    close: async () => {
      await owner.destroy()
      rmSync(folder, { recursive: true })
    },
  }
}
