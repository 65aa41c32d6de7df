import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', 'tmp', 'data', 'testdata'])

/**
 * The source files in a folder and below it, relative to it, with `/`. Built and installed files are left out.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export const listSources = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.isDirectory())
        return skipped.has(entry.name)
          ? []
          : listSources(join(folder, entry.name)).map((path) => `${entry.name}/${path}`)
      return /\.[cm]?[jt]sx?$/.test(entry.name) ? [entry.name] : []
    })
    .sort()
