import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{ [key: string]: any }} Manifest */

/** @type {(folder: string) => Manifest} */
export const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

/**
 * Where a package is installed for whoever stands in a folder, as Node would look for it.
 *
 * @param {string} name
 * @param {string} from
 * @returns {string | undefined}
 */
export function findInstalled(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
    if (folder === dirname(folder)) return undefined
  }
}
