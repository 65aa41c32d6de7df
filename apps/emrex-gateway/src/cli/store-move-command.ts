import { existsSync } from 'node:fs'
import { inspectStore, MoveRefusedError, moveStore, readPostgresUrl, StoreMovedError } from '@emrex-gateway/store'
import { DatabaseError } from '../database/database-error.js'
import { openDatabase } from '../database/open-database.js'
import { SettingsError } from '../settings/settings-error.js'
import { exitCodes } from './exit-codes.js'
import { kindOf, readOwn, withDatabase, type OwnDatabase } from '../database/with-database.js'

/**
 * Moves everything of an installation from its SQLite file to an empty PostgreSQL, all of it or nothing, while no gateway
 * runs on either. `to` is a settings file that names it, or its address. Gives the exit code.
 */
export function storeMoveCommand(file: string, to: string): Promise<number> {
  return withDatabase(file, { beside: false, mustExist: true }, async (from, source) => {
    if (!('file' in from.place)) throw new DatabaseError('The database of these settings is on PostgreSQL already.')
    const target = readTarget(to, from)
    const { keyFits } = await inspectStore(source, target.seal)
    if (keyFits === false)
      throw new DatabaseError(`The seal key of ${to} does not fit: what is moved could not be opened with it.`)
    const knex = await openDatabase(target.place, { beside: false })
    try {
      const progress = (table: string) => void process.stdout.write(`  ${table.replace('emrex_', '')} …\n`)
      const moved = await moveStore(source, knex, { keys: from.seal, now: Date.now, progress })
      const rows = moved.reduce((sum, table) => sum + table.rows, 0)
      process.stdout.write(
        `${kindOf(from.place)} → PostgreSQL: ${rows} rows in ${moved.length} tables, each read back and the same. ` +
          'Name PostgreSQL in the settings now; no gateway starts on the file any more.\n',
      )
      return exitCodes.ok
    } catch (error) {
      if (error instanceof MoveRefusedError) throw new DatabaseError(`Nothing was moved: ${error.message}.`)
      throw error instanceof StoreMovedError ? error : DatabaseError.of(error)
    } finally {
      await knex.destroy()
    }
  })
}

/** @throws {SettingsError | DatabaseError} when it is no PostgreSQL */
function readTarget(to: string, { seal }: OwnDatabase): Pick<OwnDatabase, 'place' | 'seal'> {
  const target = existsSync(to) ? readOwn(to) : { place: { postgres: { url: addressIn(to) } }, seal }
  if (!('postgres' in target.place)) throw new DatabaseError(`${to} names no PostgreSQL to move to.`)
  return target
}

function addressIn(to: string): string {
  try {
    readPostgresUrl(to)
    return to
  } catch (error) {
    throw new SettingsError('--to', [{ path: 'address', message: `no such file, and ${(error as Error).message}` }])
  }
}
