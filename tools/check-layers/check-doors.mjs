import { posix } from 'node:path'
import { kept } from './layers.mjs'
import { readWorkspace } from './read-workspace.mjs'
import { walkDoor } from './walk-door.mjs'

/**
 * Every door of a package through which an embedder would get a framework that the door's own file may not import:
 * `@emrex-gateway/ncp` must work where Nest was never installed, `@emrex-gateway/ncp/nest` need not.
 *
 * @param {string} root
 * @returns {string[]} `door reaches package: file → file`
 */
export function checkDoors(root) {
  const projects = readWorkspace(root)
  // What ends a chain of dependencies embeds all the others and is embedded by nobody.
  const embedded = projects.filter(({ layer }) => layer !== 'app' && layer !== 'tool')
  return embedded.flatMap(({ name, folder, layer = '', doors }) =>
    [...doors].flatMap(([door, source]) => {
      if (source === undefined) return []
      const path = posix.normalize(source)
      return [...walkDoor(root, projects, posix.join(folder, path))]
        .filter(([reached]) => kept.some(({ holds, allows }) => holds(reached) && !allows({ name, layer, path })))
        .map(([reached, trail]) => `${posix.join(name, door)} reaches ${reached}: ${trail.join(' → ')}`)
    }),
  )
}
