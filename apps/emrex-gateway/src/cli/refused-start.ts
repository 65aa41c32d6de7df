import { DatabaseError } from '../database/database-error.js'
import { SettingsError } from '../settings/settings-error.js'
import { exitCodes } from './exit-codes.js'

/** Says why nothing was started, and gives the exit code; what is no such reason is thrown on. */
export function refusedStart(error: unknown): number {
  if (!(error instanceof SettingsError) && !(error instanceof DatabaseError)) throw error
  process.stderr.write(`${error.message}\n`)
  return error instanceof SettingsError ? exitCodes.settings : exitCodes.database
}
