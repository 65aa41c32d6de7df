import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Knex } from 'knex'

/**
 * Writes all of a SQLite database into a new file, as it is at one moment, beside whoever works on it. The file is
 * readable by its owner alone, and on the disk when the promise resolves. Where it cannot be written whole, there is none.
 *
 * @throws {Error} EEXIST when there is such a file
 *
 * Spec: https://sqlite.org/lang_vacuum.html, "VACUUM with an INTO clause".
 */
export async function backUpSqlite(knex: Knex, file: string): Promise<void> {
  // SQLite takes an empty file that is there, with the rights that it has.
  closeSync(openSync(file, 'wx', 0o600))
  try {
    await knex.raw('vacuum into ?', [file])
  } catch (error) {
    // Half a copy looks like a backup, and keeps the next one from being made.
    rmSync(file, { force: true })
    throw error
  }
  for (const path of [file, dirname(file)]) {
    const handle = openSync(path, 'r')
    fsyncSync(handle)
    closeSync(handle)
  }
}
