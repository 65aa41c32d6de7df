import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqlite } from '@emrex-gateway/knex-sqlite'
import { backUpSqlite } from './back-up-sqlite.js'

describe('backUpSqlite', () => {
  it('leaves nothing where it cannot write the copy, so that nobody takes it for one and the next can be made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backup-'))
    const knex = openSqlite({ file: join(folder, 'gateway.sqlite') })
    const copy = join(folder, 'copy.sqlite')
    try {
      await knex.raw('create table t (a text)')
      // Asked by its words: the driver's own error is no `Error` of this file where another file loaded the driver first.
      await expect(knex.transaction((trx) => backUpSqlite(trx, copy))).rejects.toMatchObject({
        message: expect.stringContaining('cannot VACUUM from within a transaction'),
      })
      expect(existsSync(copy)).toBe(false)
      await backUpSqlite(knex, copy)
      await expect(backUpSqlite(knex, copy)).rejects.toMatchObject({ code: 'EEXIST' })
      expect(existsSync(copy)).toBe(true)
    } finally {
      await knex.destroy()
      rmSync(folder, { recursive: true })
    }
  })
})
