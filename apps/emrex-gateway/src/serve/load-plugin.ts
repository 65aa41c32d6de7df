import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SomePlugin } from '@emrex-gateway/core'

/** A plugin from outside, and which package it came from. */
export interface LoadedPlugin<Product> {
  readonly plugin: SomePlugin<Product>
  readonly version: string
}

/**
 * A plugin by package name, resolved from the folder of the settings file: that is where a deployment installs it. ES modules
 * and CommonJS both do.
 *
 * @param known the names of the plugins that the gateway brings, for the message.
 * @throws {Error} with what is wrong with the name or the package, for the operator.
 */
export async function loadPlugin<Product>(
  name: string,
  settingsFile: string,
  known: readonly string[],
): Promise<LoadedPlugin<Product>> {
  const file = resolvePackage(name, settingsFile, known)
  let module: { readonly default?: unknown }
  try {
    module = (await import(pathToFileURL(file).href)) as typeof module
  } catch (error) {
    throw new Error(`the package "${name}" cannot be loaded: ${(error as Error).message}`, { cause: error })
  }
  const plugin = [module.default, (module.default as typeof module | undefined)?.default].find(isPlugin<Product>)
  if (plugin === undefined)
    throw new Error(`the package "${name}" does not export a plugin of version 1 as its default`)
  return { plugin, version: versionOf(name, file) }
}

function resolvePackage(name: string, settingsFile: string, known: readonly string[]): string {
  const require = createRequire(settingsFile)
  try {
    return require.resolve(name)
  } catch (error) {
    const folders = (require.resolve.paths(name) ?? []).map((folder) => join(folder, name, 'package.json'))
    if ((error as NodeJS.ErrnoException).code === 'ERR_PACKAGE_PATH_NOT_EXPORTED')
      throw new Error(`the package "${name}" is installed, but its "exports" have no "default" condition`, {
        cause: error,
      })
    if (folders.some((file) => existsSync(file)))
      throw new Error(
        `the package "${name}" is installed, but the file that it names as its entry is not there; is it built?`,
        {
          cause: error,
        },
      )
    throw new Error(
      `no plugin "${name}": not one of ${known.join(', ')}, and no package of that name is installed in the folder of the settings or above`,
      { cause: error },
    )
  }
}

const isPlugin = <Product>(value: unknown): value is SomePlugin<Product> => {
  const plugin = value as Partial<SomePlugin<Product>> | undefined
  return (
    plugin?.apiVersion === 1 && typeof plugin.create === 'function' && typeof plugin.config?.safeParse === 'function'
  )
}

/** From the package.json that bears the name, above the file that was loaded. */
function versionOf(name: string, file: string): string {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string>
      if (manifest['name'] === name) return manifest['version'] ?? ''
    } catch {
      // Not every folder has one.
    }
  }
  return ''
}
