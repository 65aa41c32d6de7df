import { existsSync, readFileSync } from 'node:fs'
import { databasePlace, openDatabase, type DatabasePlace } from '../database/open-database.js'
import { loadSettings } from '../settings/load-settings.js'
import { SettingsError } from '../settings/settings-error.js'
import { refusedStart } from './refused-start.js'

interface OwnDatabase {
  readonly place: DatabasePlace
  readonly sealKeys: readonly Uint8Array[]
  readonly settings: ReturnType<typeof loadSettings>['settings']
}

/** Works on the gateway's own database and closes it; `beside` a gateway that may run on it. Gives the exit code. */
export async function withDatabase(
  file: string,
  beside: boolean,
  work: (own: OwnDatabase, knex: Awaited<ReturnType<typeof openDatabase>>) => Promise<number>,
): Promise<number> {
  try {
    const own = readOwn(file)
    const knex = await openDatabase(own.place, { beside })
    try {
      return await work(own, knex)
    } finally {
      await knex.destroy()
    }
  } catch (error) {
    return refusedStart(error)
  }
}

/** Of the settings, only what is about the database: the other parts may be somewhere else. @throws {SettingsError} */
function readOwn(file: string): OwnDatabase {
  const loaded = loadSettings(file)
  const problems: { path: string; message: string }[] = []
  const reader = {
    problem: (path: string, message: string) => void problems.push({ path, message }),
    text(path: string, named: string): string {
      const absolute = loaded.resolvePath(named)
      if (existsSync(absolute)) return readFileSync(absolute, 'utf8')
      reader.problem(path, `the file ${named} does not exist`)
      return ''
    },
  }
  const { database, seal } = loaded.settings
  const place = databasePlace(database, reader, (path) => loaded.resolvePath(path))
  const keys = [seal.keyFile, ...seal.previousKeyFiles].map((each) => reader.text('seal', each))
  if (problems.length > 0) throw new SettingsError(loaded.file, problems)
  return { place, settings: loaded.settings, sealKeys: keys.map((key) => Buffer.from(key.trim(), 'base64')) }
}
