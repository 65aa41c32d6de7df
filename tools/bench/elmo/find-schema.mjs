import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as library from '@emrex-gateway/elmo'
import { sharedPath } from '@emrex-gateway/testing'

/**
 * The schema of ELMO 1.7.0 for engines that need one: the official one where the shared test data lies, else the one
 * that our library derives from its grammar, written into the folder. Undefined where neither is there.
 *
 * @param {string} folder
 * @returns {{ file: string, whose: string } | undefined}
 */
export function findSchema(folder) {
  const official = sharedPath('elmo', 'schemas', 'v1.7.0', 'schema.xsd')
  if (official !== undefined && existsSync(official)) return { file: official, whose: 'the official schema' }
  const { elmoXsdFiles } = /** @type {{ elmoXsdFiles?: (release: string) => unknown }} */ (library)
  if (elmoXsdFiles === undefined) return undefined
  const made = /** @type {ReadonlyMap<string, string> | Record<string, string>} */ (elmoXsdFiles('1.7.0'))
  const files = made instanceof Map ? [...made] : Object.entries(made)
  for (const [name, text] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  // The main file stands first.
  return files[0] && { file: join(folder, files[0][0]), whose: 'the schema derived from our grammar' }
}
