import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { readWorkspace } from '../check-layers/read-workspace.mjs'

/**
 * @typedef {object} Packed
 * @property {string} name
 * @property {string} folder in the workspace, relative to its root
 * @property {string} tarball
 * @property {number} size bytes of the tarball
 * @property {number} unpackedSize
 * @property {readonly string[]} files relative to the package
 */

/** Of this npm knows what to do with them in any operating system's shell. */
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/**
 * Packs published packages of the workspace as they would be published. They must be built.
 *
 * @param {string} root
 * @param {string} into an existing folder
 * @param {readonly string[]} [only] names; all of them where absent
 * @returns {Packed[]}
 */
export function packPackages(root, into, only) {
  const projects = readWorkspace(root).filter(
    ({ name, folder, isPublished }) =>
      isPublished && !folder.startsWith('tools/') && (only === undefined || only.includes(name)),
  )
  const workspaces = projects.flatMap(({ folder }) => ['--workspace', folder])
  const said = execFileSync(npm, ['pack', ...workspaces, '--json', '--offline', '--pack-destination', into], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // Since npm 12 it is an object by name; before, a list.
  const told = /** @type {any[]} */ (Object.values(JSON.parse(said)))
  return projects.map(({ name, folder }) => {
    const { filename, size, unpackedSize, files } = told.find((one) => one.name === name)
    const paths = /** @type {{ path: string }[]} */ (files).map(({ path }) => path)
    return { name, folder, tarball: join(into, filename), size, unpackedSize, files: paths }
  })
}
