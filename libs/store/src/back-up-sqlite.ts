import { closeSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Knex } from 'knex'

/**
 * Writes all of a SQLite database into a new file, as it is at one moment, beside whoever works on it. The file is
 * readable by its owner alone, and on the disk when the promise resolves.
 *
 * @throws {Error} EEXIST when there is such a file
 *
 * Spec: https://sqlite.org/lang_vacuum.html, "VACUUM with an INTO clause".
 */
export async function backUpSqlite(knex: Knex, file: string): Promise<void> {
  // SQLite takes an empty file that is there, with the rights that it has.
  closeSync(openSync(file, 'wx', 0o600))
  await knex.raw('vacuum into ?', [file])
  for (const path of [file, dirname(file)]) {
    const handle = openSync(path, 'r')
    fsyncSync(handle)
    closeSync(handle)
  }
}
