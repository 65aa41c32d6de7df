import { ddlFor, type SqlClient } from '@emrex-gateway/sis-sql'
import { exitCodes } from './exit-codes.js'

/** Prints the views and import tables that a database must have, as a script for its owner to fill in. */
export function sisDdlCommand(client: SqlClient, prefix: string): number {
  process.stdout.write(ddlFor(client, prefix))
  return exitCodes.ok
}
