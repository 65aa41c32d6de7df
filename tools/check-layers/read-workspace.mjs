import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Project
 * @property {string} name its package name
 * @property {string} folder relative to the root of the workspace, with `/`
 * @property {string | undefined} layer from its tag `layer:…`
 * @property {boolean} isPublished false when package.json says `private`
 * @property {readonly string[]} targets what nx can run on it
 * @property {ReadonlyMap<string, string | undefined>} doors subpath (`.`, `./nest`) to the source file behind it, when it names one
 * @property {ReadonlySet<string>} dependencies what its users get with it
 * @property {ReadonlySet<string>} devDependencies its own and the workspace's
 *
 * @typedef {{ [key: string]: any }} Manifest
 */

const readManifest = (/** @type {string} */ folder) =>
  /** @type {Manifest} */ (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
const names = (/** @type {object[]} */ ...lists) => new Set(lists.flatMap((list) => Object.keys(list ?? {})))

/** @type {(manifest: Manifest) => Map<string, string | undefined>} */
const readDoors = (manifest) =>
  new Map(
    Object.entries(manifest['exports'] ?? {}).map(([door, target]) => [
      door,
      typeof target === 'string' ? target : target['@emrex-gateway/source'],
    ]),
  )

/**
 * Every project of the workspace, in the order of its folders.
 *
 * @param {string} root the folder of the workspace's package.json
 * @returns {Project[]}
 */
export function readWorkspace(root) {
  const workspace = readManifest(root)
  const folders = /** @type {string[]} */ (workspace['workspaces'])
    .map((pattern) => pattern.replace(/\/\*$/, ''))
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) =>
      readdirSync(join(root, parent))
        .sort()
        .map((child) => `${parent}/${child}`),
    )
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
  return folders.map((folder) => {
    const manifest = readManifest(join(root, folder))
    const tags = /** @type {string[]} */ (manifest['nx']?.tags ?? [])
    return {
      name: manifest['name'],
      folder,
      layer: tags.find((tag) => tag.startsWith('layer:'))?.slice('layer:'.length),
      isPublished: manifest['private'] !== true,
      targets: Object.keys(manifest['nx']?.targets ?? {}),
      doors: readDoors(manifest),
      dependencies: names(manifest['dependencies'], manifest['peerDependencies'], manifest['optionalDependencies']),
      devDependencies: names(manifest['devDependencies'], workspace['devDependencies']),
    }
  })
}
