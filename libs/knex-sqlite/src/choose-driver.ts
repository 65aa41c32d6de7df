import type { SqliteDriver } from './sqlite-driver.js'
import type { DriverTrial } from './sqlite-drivers.js'

/** No driver for SQLite loads; the message names each one tried and the ways out. */
export class SqliteDriverError extends Error {
  override readonly name = 'SqliteDriverError'
  readonly code = 'SQLITE_NO_DRIVER'
}

/**
 * The first driver that loads.
 *
 * @throws {SqliteDriverError} when none does.
 */
export function chooseDriver(trials: Iterable<DriverTrial>): SqliteDriver {
  const failures: string[] = []
  for (const trial of trials) {
    if ('driver' in trial) return trial.driver
    failures.push(`${trial.name} (${trial.reason})`)
  }
  throw new SqliteDriverError(
    `No SQLite driver loads here. Tried: ${failures.join(', ')}. Ways out: ` +
      'run Node.js 22.16 or newer, which brings node:sqlite; ' +
      'or install better-sqlite3 (needs a C++ compiler and Python where no prebuilt binary fits); ' +
      'or install libsql with its optional package for this platform.',
  )
}
