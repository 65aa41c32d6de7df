import { fileURLToPath } from 'node:url'
import { checkDoors } from './check-doors.mjs'
import { checkImports } from './check-imports.mjs'

/**
 * Every breach of the dependency rule in a workspace, one line each; empty when there is none.
 *
 * @param {string} root the folder of the workspace's package.json
 * @returns {string[]}
 */
export const checkLayers = (root) => [...checkImports(root), ...checkDoors(root)]

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = checkLayers(process.argv[2] ?? process.cwd())
  for (const breach of breaches) console.error(breach)
  console.log(`layers: ${breaches.length} breach(es)`)
  process.exitCode = breaches.length === 0 ? 0 : 1
}
