import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { isDevelopmentFile, kept, layersFor, mayImport } from './layers.mjs'
import { listSources } from './list-sources.mjs'
import { readImports } from './read-imports.mjs'
import { readWorkspace } from './read-workspace.mjs'
import { splitSpecifier } from './split-specifier.mjs'

/** @typedef {import('./read-workspace.mjs').Project} Project */

/** @type {(project: Project, path: string, target: Project, door: string) => string | undefined} */
function breachTowardsOurs(project, path, target, door) {
  if (target === project) return undefined
  const layer = project.layer ?? ''
  if (!layersFor(layer, path).includes(target.layer ?? '')) return `layer ${layer} may not import layer ${target.layer}`
  if (!target.doors.has(door)) return `${target.name} has no door "${door}"`
  if (!isDevelopmentFile(path) && !project.dependencies.has(target.name)) return 'not declared in package.json'
  return undefined
}

/** @type {(project: Project, path: string, packageName: string) => string | undefined} */
function breachTowardsOthers(project, path, packageName) {
  const layer = project.layer ?? ''
  const { what } =
    kept.find(({ holds, allows }) => holds(packageName) && !allows({ name: project.name, layer, path })) ?? {}
  if (what !== undefined) return `no ${what} here`
  if (project.dependencies.has(packageName)) return undefined
  if (!project.devDependencies.has(packageName)) return 'not declared in package.json'
  // A package that is never published has no users who would miss what only the workspace installs.
  return isDevelopmentFile(path) || !project.isPublished ? undefined : 'a devDependency in a shipped source'
}

/** @type {(projects: readonly Project[], project: Project, path: string, specifier: string) => string | undefined} */
function breachOf(projects, project, path, specifier) {
  if (specifier.startsWith('.'))
    return posix.join(posix.dirname(path), specifier).startsWith('..')
      ? 'a relative path out of the project'
      : undefined
  const split = splitSpecifier(specifier)
  if (split === undefined) return undefined
  const target = projects.find(({ name }) => name === split.packageName)
  return target === undefined
    ? breachTowardsOthers(project, path, split.packageName)
    : breachTowardsOurs(project, path, target, split.door)
}

/**
 * Every import line that breaks the dependency rule, and every project without a layer; empty when the workspace keeps
 * it. Reads package.json files and sources alone: no nx, no build, no cache.
 *
 * @param {string} root
 * @returns {string[]} `file:line imports X: reason`
 */
export function checkImports(root) {
  const projects = readWorkspace(root)
  return projects.flatMap((project) => {
    if (project.layer === undefined || !(project.layer in mayImport))
      return [`${project.folder}/package.json: no tag "layer:…" that layers.mjs knows`]
    return listSources(join(root, project.folder)).flatMap((path) =>
      readImports(path, readFileSync(join(root, project.folder, path), 'utf8')).flatMap(({ specifier, line }) => {
        const breach = breachOf(projects, project, path, specifier)
        return breach === undefined ? [] : [`${project.folder}/${path}:${line} imports ${specifier}: ${breach}`]
      }),
    )
  })
}
