import { inspectSchema, type AuditSigning, type SealKeys } from '@emrex-gateway/store'
import { auditSigning } from '../audit/audit-settings.js'
import { refusedStart } from '../cli/refused-start.js'
import { SettingsFiles } from '../serve/settings-files.js'
import { loadSettings } from '../settings/load-settings.js'
import { SettingsError } from '../settings/settings-error.js'
import type { Settings } from '../settings/settings-schema.js'
import { DatabaseError, isOfAnother } from './database-error.js'
import { describeSchema } from './look-at-database.js'
import { databasePlace, isMissing, openDatabase, type DatabasePlace } from './open-database.js'

export interface OwnDatabase {
  readonly place: DatabasePlace
  readonly seal: SealKeys
  readonly auditSigning?: AuditSigning
  readonly settings: Settings
}

/** What a database is, for an operator. */
export const kindOf = (place: DatabasePlace): string => ('postgres' in place ? 'PostgreSQL' : `SQLite, ${place.file}`)

export interface Use {
  /** Next to a gateway that may be running on it: it looks, and changes nothing. */
  readonly beside: boolean
  /** Where a SQLite file is missing, none is made. Default: so for whoever only looks. */
  readonly mustExist?: boolean
  /** It reads what lies there: the tables must be those of this version, and the database the one in use. */
  readonly reads?: boolean
}

/** Opens the gateway's own database for a command, and closes it. Why it cannot be used is said; gives the exit code. */
export async function withDatabase(
  file: string,
  { beside, mustExist = beside, reads = false }: Use,
  work: (own: OwnDatabase, knex: Awaited<ReturnType<typeof openDatabase>>) => Promise<number>,
): Promise<number> {
  try {
    const own = readOwn(file)
    if (mustExist && isMissing(own.place))
      throw new DatabaseError(
        `There is no database file at ${own.place.file}. The first start makes one; is this the right place?`,
      )
    const knex = await openDatabase(own.place, { beside })
    try {
      if (reads) await demandCurrent(knex)
      return await work(own, knex)
    } finally {
      await knex.destroy()
    }
  } catch (error) {
    return refusedStart(isOfAnother(error) ? DatabaseError.of(error) : error)
  }
}

async function demandCurrent(knex: Awaited<ReturnType<typeof openDatabase>>): Promise<void> {
  const state = await inspectSchema(knex)
  if (state.moved || state.schema !== state.current)
    throw new DatabaseError(`The database cannot be read: ${describeSchema(state)}.`)
}

/** Of the settings, only what is about the database: the other parts may be somewhere else. @throws {SettingsError} */
export function readOwn(file: string): OwnDatabase {
  const loaded = loadSettings(file)
  const files = new SettingsFiles(loaded)
  const { database, audit } = loaded.settings
  const place = databasePlace(database, files, (path) => loaded.resolvePath(path))
  const seal = files.seal()
  const signing = auditSigning(audit, files)
  if (files.problems.length > 0) throw new SettingsError(loaded.file, files.problems)
  return { place, settings: loaded.settings, seal, ...(signing && { auditSigning: signing }) }
}
