import { existsSync, readFileSync } from 'node:fs'
import { inspectStore, migrateStore } from '@emrex-gateway/store'
import { databasePlace, openDatabase, type DatabasePlace } from '../database/open-database.js'
import { loadSettings } from '../settings/load-settings.js'
import { SettingsError } from '../settings/settings-error.js'
import { exitCodes } from './exit-codes.js'
import { refusedStart } from './refused-start.js'

interface OwnDatabase {
  readonly place: DatabasePlace
  readonly sealKeys: readonly Uint8Array[]
}

/** Brings the tables of the gateway's own database up to date, for a gateway whose user may make none. Gives the exit code. */
export function storeMigrateCommand(file: string): Promise<number> {
  return withDatabase(file, false, async ({ place }, knex) => {
    await migrateStore(knex)
    process.stdout.write(`${kindOf(place)}: up to date\n`)
    return exitCodes.ok
  })
}

/** Says what the database of the gateway is and whether the key fits; changes nothing. Gives the exit code: 1 when something is to be done. */
export function storeCheckCommand(file: string): Promise<number> {
  return withDatabase(file, true, async ({ place, sealKeys }, knex) => {
    const { schema, current, keyFits, counts } = await inspectStore(knex, sealKeys)
    const state =
      schema === undefined
        ? 'empty; `emrex store migrate`, or the first start, makes the tables'
        : schema < current
          ? `schema ${schema} of ${current}; \`emrex store migrate\`, or the next start, brings it up to date`
          : schema > current
            ? `schema ${schema}, made by a newer version; this one knows ${current}`
            : `up to date (schema ${schema})`
    const lines = [`${kindOf(place)}: ${state}`]
    if (keyFits !== undefined) lines.push(`  ${keyFits ? 'the key fits' : 'the key does not fit: nothing in it opens'}`)
    lines.push(...Object.entries(counts).map(([table, count]) => `  ${table}: ${count}`))
    process.stdout.write(`${lines.join('\n')}\n`)
    return schema === current && keyFits !== false ? exitCodes.ok : exitCodes.refused
  })
}

const kindOf = (place: DatabasePlace) => ('postgres' in place ? 'PostgreSQL' : `SQLite, ${place.file}`)

/** Opens the database of the settings for a command; gives its exit code, also when it cannot be opened. */
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
  return { place, sealKeys: keys.map((key) => Buffer.from(key.trim(), 'base64')) }
}
