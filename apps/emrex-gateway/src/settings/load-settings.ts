import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { crossCheckSettings } from './cross-check-settings.js'
import { readYaml } from './read-yaml.js'
import { problemsOfIssues, SettingsError } from './settings-error.js'
import { settingsSchema, type Settings } from './settings-schema.js'

export interface LoadedSettings {
  readonly file: string
  readonly settings: Settings
  /** Before anything was read, in epoch milliseconds: a file that changed later may have been read before. */
  readonly readAt: number
  /** Resolves a path of the settings against the folder of the file. */
  resolvePath(path: string): string
}

/**
 * Reads and checks a settings file.
 * @throws {SettingsError} with every problem and its path
 */
export function loadSettings(file: string): LoadedSettings {
  const readAt = Date.now()
  const absolute = resolve(file)
  const settings = parseSettings(absolute, readText(absolute))
  return { file: absolute, settings, readAt, resolvePath: (path) => resolve(dirname(absolute), path) }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new SettingsError(file, [
      { path: '', message: `cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})` },
    ])
  }
}

export function parseSettings(file: string, text: string): Settings {
  const { written, errors } = readYaml(text)
  if (errors.length > 0) throw new SettingsError(file, errors)
  const result = settingsSchema.safeParse(written)
  const issues = problemsOfIssues(result.error?.issues ?? [])
  // A missing role follows from a role that cannot be read; anything else from a mistake at or above its path.
  const isTold = ({ path }: { path: string }) =>
    issues.some((issue) => (path === '' ? /^(ncp|smp)$/.test(issue.path) : `${path}.`.startsWith(`${issue.path}.`)))
  const problems = [...issues, ...crossCheckSettings(written).filter((problem) => !isTold(problem))]
  if (problems.length > 0 || !result.success) throw new SettingsError(file, problems)
  return result.data
}
