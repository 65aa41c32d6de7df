import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { findInstalled, manifestOf } from './find-installed.mjs'

/** @typedef {import('./pack-packages.mjs').Packed} Packed */

const ours = (/** @type {string} */ name) => name.startsWith('@emrex-gateway/')

/**
 * Makes an unrelated folder what `npm install NAMES` would make of it, without a network: packages of ours are unpacked from
 * their tarballs, together with those of ours that they depend on; each finds the third-party packages that it declares, and
 * those that the folder itself names (peers, say), and no others. Third-party packages are linked from this workspace.
 *
 * @param {string} root of the workspace
 * @param {string} folder
 * @param {readonly Packed[]} packed
 * @param {readonly string[]} names
 */
export function installPacked(root, folder, packed, names) {
  const modules = join(folder, 'node_modules')
  mkdirSync(modules, { recursive: true })
  const own = new Set(names.filter(ours))
  const peers = new Set()
  const needs = new Map()
  for (const name of own) {
    const one = packed.find((each) => each.name === name)
    if (one === undefined) throw new Error(`${name} was not packed`)
    const into = join(modules, name)
    mkdirSync(into, { recursive: true })
    execFileSync('tar', ['-xzf', one.tarball, '--strip-components=1', '-C', into])
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifestOf(into)
    for (const peer of Object.keys(peerDependencies)) peers.add(peer)
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) {
      // A Set may grow while it is walked: this is the queue.
      if (ours(needed)) own.add(needed)
      else {
        link(needed, join(root, one.folder), join(into, 'node_modules'), needed in optionalDependencies)
        needs.set(needed, join(root, one.folder))
      }
    }
  }
  // A peer that one of the packages brings for another lies where both find it.
  for (const [name, from] of needs) if (peers.has(name) && !names.includes(name)) link(name, from, modules, true)
  for (const name of names) if (!ours(name)) link(name, root, modules, false)
  writeFileSync(join(folder, 'package.json'), '{ "name": "unrelated", "private": true, "type": "module" }\n')
}

/** @type {(name: string, from: string, modules: string, isOptional: boolean) => void} */
function link(name, from, modules, isOptional) {
  const installed = findInstalled(name, from)
  if (installed === undefined) {
    if (isOptional) return
    throw new Error(`${name} is not installed`)
  }
  const place = join(modules, name)
  mkdirSync(dirname(place), { recursive: true })
  symlinkSync(installed, place, 'junction')
}
