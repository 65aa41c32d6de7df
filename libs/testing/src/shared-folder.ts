import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folder of test data that may lie beside the project: `EMREX_SHARED` when set, else `shared/` inside or beside the
 * repository. Undefined where there is none; tests that need it are then skipped with a line.
 */
export function findShared(): string | undefined {
  const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))
  const candidates = [process.env['EMREX_SHARED'], join(repository, 'shared'), join(dirname(repository), 'shared')]
  return candidates.find((folder) => folder !== undefined && existsSync(join(folder, 'elmo')))
}

/** The path of a file or folder of the shared test data, or undefined where the data is absent. */
export function sharedPath(...parts: string[]): string | undefined {
  const folder = findShared()
  return folder === undefined ? undefined : join(folder, ...parts)
}
