import { resolve } from 'node:path'
import { backUpSqlite, inspectStore } from '@emrex-gateway/store'
import { DatabaseError } from '../database/database-error.js'
import { openDatabase } from '../database/open-database.js'
import { exitCodes } from './exit-codes.js'
import { withDatabase } from '../database/with-database.js'

/**
 * Copies the gateway's own SQLite database into a new file, also while a gateway runs on it, and reads the copy. Of a
 * PostgreSQL it says what to use instead. Gives the exit code.
 */
export function storeBackupCommand(file: string, target: string): Promise<number> {
  return withDatabase(file, { beside: true }, async ({ place, seal }, knex) => {
    if ('postgres' in place)
      throw new DatabaseError(
        'The database is a PostgreSQL: back it up with its own pg_dump, which is consistent beside running gateways, ' +
          'and restore with pg_restore (docs/database.md).',
      )
    const copy = resolve(target)
    try {
      await backUpSqlite(knex, copy)
    } catch (error) {
      const { code } = error as { code?: string }
      throw new DatabaseError(
        code === 'EEXIST' ? `${target} is there already.` : `The copy could not be written (${code ?? 'unknown'}).`,
        { cause: error },
      )
    }
    const written = await openDatabase({ file: copy }, { beside: true })
    try {
      const { counts, keyFits } = await inspectStore(written, seal)
      const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
      const key = keyFits === false ? '; the key of these settings does not fit it' : ''
      process.stdout.write(`${target}: ${rows} rows${key}. The seal key is not in it; keep that too, elsewhere.\n`)
    } finally {
      await written.destroy()
    }
    return exitCodes.ok
  })
}
