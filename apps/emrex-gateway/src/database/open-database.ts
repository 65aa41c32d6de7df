import { existsSync } from 'node:fs'
import { openSqlite, SqliteInUseError } from '@emrex-gateway/knex-sqlite'
import { openPostgres, readPostgresUrl, type PostgresOptions } from '@emrex-gateway/store'
import { DatabaseError } from './database-error.js'
import type { DatabaseSettings } from './database-settings.js'

type Knex = ReturnType<typeof openPostgres>

/** What the settings say about the database, with every file read. */
export type DatabasePlace = { readonly file: string } | { readonly postgres: PostgresOptions }

/** A SQLite file that nobody has made yet. */
export const isMissing = (place: DatabasePlace): place is { readonly file: string } =>
  'file' in place && !existsSync(place.file)

/** Whether what it is told, its password among it, goes to another host in the clear. */
export function isInClear(place: DatabasePlace): boolean {
  if (!('postgres' in place) || place.postgres.tls !== undefined) return false
  const { address, encrypted } = readPostgresUrl(place.postgres.url)
  return !encrypted && !/^(\/|127\.|::1$|localhost$)/.test(address.host)
}

/** How the files of the settings are read; problems are kept by the reader. */
export interface SettingsReader {
  text(path: string, file: string): string
  problem(path: string, message: string): void
}

/** Reads what the settings name. What cannot be read, or cannot be an address, is told to the reader. */
export function databasePlace(
  settings: DatabaseSettings,
  reader: SettingsReader,
  resolvePath: (path: string) => string,
): DatabasePlace {
  const { file, url, urlFile, passwordFile, tls, maxConnections, statementSeconds } = settings
  if (file !== undefined) return { file: resolvePath(file) }
  const fromEnvironment = process.env['DATABASE_URL'] ?? ''
  const path = url === undefined ? (urlFile === undefined ? 'fromEnvironment' : 'urlFile') : 'url'
  if (path === 'fromEnvironment' && fromEnvironment === '')
    reader.problem('database.fromEnvironment', 'DATABASE_URL is not set')
  const read = (name: string, from: string | undefined) =>
    from === undefined ? undefined : reader.text(`database.${name}`, from)
  const texts = {
    ca: read('tls.caFile', tls?.caFile),
    cert: read('tls.certificateFile', tls?.certificateFile),
    key: read('tls.keyFile', tls?.keyFile),
  }
  const password = read('passwordFile', passwordFile)?.trimEnd()
  const postgres: PostgresOptions = {
    ...{ url: url ?? read('urlFile', urlFile)?.trim() ?? fromEnvironment, maxConnections, statementSeconds },
    ...(password === undefined ? {} : { password }),
    ...(tls === undefined ? {} : { tls: definedOf(texts) }),
  }
  try {
    if (postgres.url !== '') readPostgresUrl(postgres.url)
  } catch (error) {
    reader.problem(`database.${path}`, (error as Error).message)
  }
  return { postgres }
}

/**
 * Opens it, and asks it something. With `beside`, next to a gateway that may be running on it: for a command that looks.
 *
 * @throws {DatabaseError} in words for an operator.
 */
export async function openDatabase(place: DatabasePlace, { beside }: { readonly beside: boolean }): Promise<Knex> {
  let knex: Knex | undefined
  try {
    knex = open(place, beside)
    await knex.raw('select 1')
    if ('postgres' in place) await checkEncoding(knex)
    return knex
  } catch (error) {
    await knex?.destroy()
    throw DatabaseError.of(error)
  }
}

function open(place: DatabasePlace, beside: boolean): Knex {
  if ('postgres' in place) return openPostgres(place.postgres)
  try {
    return openSqlite({ file: place.file, soleWriter: !beside })
  } catch (error) {
    if (!(error instanceof SqliteInUseError)) throw error
    throw new DatabaseError(`${error.message}. Several instances at a time need PostgreSQL (docs/database.md).`)
  }
}

/** Any other encoding fails at the first title that it cannot write. */
async function checkEncoding(knex: Knex): Promise<void> {
  const { rows } = (await knex.raw('show server_encoding')) as { rows: { server_encoding: string }[] }
  const encoding = rows[0]?.server_encoding
  if (encoding !== 'UTF8') throw new DatabaseError(`The database has the encoding ${encoding}; it must be UTF8.`)
}

const definedOf = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined))
