import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import devkit from '@nx/devkit'
import { addToLock } from './add-to-lock.mjs'
import { addToPlugins } from './add-to-plugins.mjs'

const { formatFiles, generateFiles, names, updateJson } = devkit
const files = fileURLToPath(new URL('files', import.meta.url))
const app = 'apps/emrex-gateway'

/**
 * Writes `libs/NAME`: a plugin that works, with a stand-in of its system and contract tests that pass, and wires it into
 * the workspace. Changes nothing that is there but lists that it adds a line to, and overwrites nothing.
 *
 * @param {import('@nx/devkit').Tree} tree
 * @param {{ name: string }} options such as `sis-mysis`
 */
export default async function generateSisPlugin(tree, { name }) {
  if (!/^sis-[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new Error('a name such as sis-mysis: "sis-", then small letters and digits')
  const folder = `libs/${name}`
  if (tree.exists(folder)) throw new Error(`${folder} is there already`)
  const short = name.slice('sis-'.length)
  const { className, propertyName } = names(short)
  const template = { name, short, className, propertyName }
  generateFiles(tree, files, folder, template)

  const reference = (/** @type {string} */ path) => (/** @type {{ references: { path: string }[] }} */ config) => {
    config.references.push({ path })
    return config
  }
  updateJson(tree, 'tsconfig.json', reference(folder))
  updateJson(tree, 'tsconfig.spec.json', reference(folder))
  updateJson(tree, `${app}/tsconfig.json`, reference(`../../${folder}`))
  updateJson(tree, `${app}/package.json`, (manifest) => {
    manifest.dependencies[`@emrex-gateway/${name}`] = '0.1.0'
    return manifest
  })
  const plugins = join(app, 'src/plugins.ts')
  tree.write(plugins, addToPlugins(tree.read(plugins, 'utf8') ?? '', template))
  const manifest = JSON.parse(tree.read(`${folder}/package.json`, 'utf8') ?? '')
  tree.write('package-lock.json', addToLock(tree.read('package-lock.json', 'utf8') ?? '', folder, manifest))
  await formatFiles(tree)
}
