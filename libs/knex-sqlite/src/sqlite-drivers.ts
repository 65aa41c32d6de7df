import { createRequire } from 'node:module'
import { libsqlDriver } from './libsql-driver.js'
import { nodeSqliteDriver, type NodeSqlite } from './node-sqlite-driver.js'
import type { SqliteDriver } from './sqlite-driver.js'

const require = createRequire(import.meta.url)

/** How each driver is loaded, in the order in which they are tried. */
const loaders = {
  'better-sqlite3': () => require('better-sqlite3') as SqliteDriver,
  'node:sqlite': () => nodeSqliteDriver(withoutWarning(() => require('node:sqlite') as NodeSqlite)),
  libsql: () => libsqlDriver(require('libsql') as SqliteDriver),
}

/** Node 22 warns that its SQLite is experimental: a line at every start that an operator can do nothing about. */
function withoutWarning<Value>(load: () => Value): Value {
  const emitWarning = process.emitWarning.bind(process) as (...all: unknown[]) => void
  const original = Object.getOwnPropertyDescriptor(process, 'emitWarning')!
  process.emitWarning = (warning: string | Error, ...details: unknown[]): void => {
    if (details[0] !== 'ExperimentalWarning') emitWarning(warning, ...details)
  }
  try {
    return load()
  } finally {
    Object.defineProperty(process, 'emitWarning', original)
  }
}

export type SqliteDriverName = keyof typeof loaders

/** Every driver this library knows, the preferred one first. */
export const sqliteDriverNames = Object.keys(loaders) as readonly SqliteDriverName[]

/** A driver that works, or why it does not. */
export type DriverTrial =
  { readonly name: string; readonly driver: SqliteDriver } | { readonly name: string; readonly reason: string }

/** Loads a driver and opens an empty database with it: a native part can be missing although its package is there. */
export function tryDriver(name: string, load: () => SqliteDriver): DriverTrial {
  try {
    const driver = load()
    new driver(':memory:').close()
    return { name, driver }
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    return { name, reason: code ?? message?.split('\n')[0] ?? 'unknown' }
  }
}

const trials = new Map<SqliteDriverName, DriverTrial>()

/** The trial of one driver, made once in a process. */
export function trialOf(name: SqliteDriverName): DriverTrial {
  const trial = trials.get(name) ?? tryDriver(name, loaders[name])
  trials.set(name, trial)
  return trial
}

/** The drivers that load on this machine and this Node, the preferred one first. */
export function sqliteDrivers(): readonly SqliteDriverName[] {
  return sqliteDriverNames.filter((name) => 'driver' in trialOf(name))
}
