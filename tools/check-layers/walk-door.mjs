import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { readImports } from './read-imports.mjs'
import { splitSpecifier } from './split-specifier.mjs'

/** @typedef {import('./read-workspace.mjs').Project} Project */

/** @type {(root: string, projects: readonly Project[], file: string, specifier: string) => string | undefined} */
function resolveOurs(root, projects, file, specifier) {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(file), specifier)
    const stem = path.replace(/\.js$/, '')
    return [path, `${stem}.ts`, `${stem}.tsx`].find((candidate) => existsSync(join(root, candidate)))
  }
  const split = splitSpecifier(specifier)
  const target = projects.find(({ name }) => name === split?.packageName)
  const source = split && target?.doors.get(split.door)
  return source === undefined ? undefined : posix.join(target?.folder ?? '', source)
}

/**
 * The third-party packages that whoever imports a file gets with it, each with the shortest way to it. Follows static
 * imports through our own packages; `import()` is not followed, since it loads nothing by itself.
 *
 * @param {string} root
 * @param {readonly Project[]} projects
 * @param {string} entry file, relative to the root
 * @returns {Map<string, readonly string[]>} package name to the files on the way
 */
export function walkDoor(root, projects, entry) {
  const packages = new Map()
  const trails = new Map([[entry, [entry]]])
  for (const [file, trail] of trails) {
    for (const { specifier, isDynamic } of readImports(file, readFileSync(join(root, file), 'utf8'))) {
      if (isDynamic) continue
      const next = resolveOurs(root, projects, file, specifier)
      const packageName = splitSpecifier(specifier)?.packageName
      // A Map may grow while it is walked: this is the queue.
      if (next !== undefined && !trails.has(next)) trails.set(next, [...trail, next])
      if (next === undefined && packageName !== undefined && !packages.has(packageName))
        packages.set(packageName, trail)
    }
  }
  return packages
}
