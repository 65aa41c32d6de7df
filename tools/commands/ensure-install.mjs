import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'

const oldestNode = [20, 19]

const changedAt = (/** @type {string} */ file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs

/**
 * Why the packages must be installed first; undefined when what is installed is at least as new as the lock file.
 *
 * @param {string} root
 * @returns {string | undefined}
 */
export function reasonToInstall(root) {
  // npm writes this file last, so a broken-off installation is seen as none.
  const installedAt = changedAt(join(root, 'node_modules/.package-lock.json'))
  if (installedAt === undefined) return 'nothing is installed yet'
  const lockedAt = changedAt(join(root, 'package-lock.json'))
  if (lockedAt === undefined) throw new Error(`no package-lock.json in ${root}`)
  return installedAt < lockedAt ? 'package-lock.json is newer than what is installed' : undefined
}

/**
 * @param {string} version as `process.versions.node`
 * @returns {boolean} whether the gateway runs on this Node
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/**
 * Makes sure that Node is new enough and that exactly the locked packages are installed; ends the process with one
 * line when that cannot be had. Imports nothing but Node's own modules, for it runs before anything is installed.
 *
 * @param {string} root
 */
export function ensureInstall(root) {
  if (!isNodeNewEnough(process.versions.node)) {
    console.error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`)
    process.exit(1)
  }
  const reason = reasonToInstall(root)
  if (reason === undefined) return
  console.log(`npm ci: ${reason}`)
  const { status } = spawnSync('npm', ['ci'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) {
    console.error('npm ci failed; nothing can run without it.')
    process.exit(1)
  }
}
