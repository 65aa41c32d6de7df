import { join } from 'node:path'
import { findInstalled, manifestOf } from './find-installed.mjs'

const ours = (/** @type {string} */ name) => name.startsWith('@emrex-gateway/')

/**
 * What npm installs together with packages, beside packages of ours: dependencies and theirs, as they are installed in this
 * workspace. Optional ones, and peers that whoever installs brings themselves, are not among them.
 *
 * @param {string} root
 * @param {readonly { readonly folder: string }[]} packages their folders in the workspace, relative to the root
 * @returns {{ direct: string[], all: string[] }} names, sorted; `direct` those that one of our packages names itself
 */
export function dependenciesOf(root, packages) {
  const direct = new Set()
  const all = new Set()
  const seen = new Set()
  const walk = (/** @type {string} */ folder, /** @type {boolean} */ isOurs) => {
    if (seen.has(folder)) return
    seen.add(folder)
    for (const name of Object.keys(manifestOf(folder)['dependencies'] ?? {})) {
      const installed = findInstalled(name, folder)
      if (installed === undefined) throw new Error(`${name}, on which ${folder} depends, is not installed`)
      if (!ours(name)) {
        all.add(name)
        if (isOurs) direct.add(name)
      }
      walk(installed, ours(name))
    }
  }
  for (const { folder } of packages) walk(join(root, folder), true)
  return { direct: [...direct].sort(), all: [...all].sort() }
}
