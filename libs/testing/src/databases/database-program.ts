import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Debian keeps the programs of PostgreSQL by version, and some of MariaDB where only root looks. Its own come first. */
function places(): string[] {
  const versions = '/usr/lib/postgresql'
  const ofPostgres = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => join(versions, version, 'bin'))
    : []
  return [...ofPostgres, '/usr/sbin', '/usr/bin', ...(process.env['PATH'] ?? '').split(':').filter(Boolean)]
}

/** The path of a program of a database server; undefined when it is not installed. */
export const findDatabaseProgram = (name: string): string | undefined =>
  places()
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))

/** @throws {Error} that names the Debian package */
export function databaseProgram(name: string, debianPackage: string): string {
  const found = findDatabaseProgram(name)
  if (found === undefined) throw new Error(`${name} is not installed; install Debian's package ${debianPackage}`)
  return found
}

/** Whom a server runs as: PostgreSQL refuses root. The first of these users that there is; ourselves when we are not root. */
export function unprivileged(...names: readonly string[]): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {}
  for (const name of [...names, 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((which) => Number(spawnSync('id', [which, name]).stdout.toString() || NaN))
    if (Number.isInteger(uid) && uid! > 0) return { uid: uid!, gid: gid! }
  }
  throw new Error('there is no unprivileged user for a database server')
}
