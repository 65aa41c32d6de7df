import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { crossCheckSettings } from './cross-check-settings.js'
import { SettingsError } from './settings-error.js'
import { settingsSchema, type Settings } from './settings-schema.js'

export interface LoadedSettings {
  readonly file: string
  readonly settings: Settings
  /** Resolves a path of the settings against the folder of the file. */
  resolvePath(path: string): string
}

/**
 * Reads and checks a settings file.
 * @throws {SettingsError} with every problem and its path
 */
export function loadSettings(file: string): LoadedSettings {
  const absolute = resolve(file)
  const settings = parseSettings(absolute, readText(absolute))
  return { file: absolute, settings, resolvePath: (path) => resolve(dirname(absolute), path) }
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
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true })
  if (document.errors.length > 0)
    throw new SettingsError(
      file,
      document.errors.map((error) => ({
        path: `line ${error.linePos?.[0].line ?? '?'}`,
        message: error.message.split('\n')[0] ?? error.code,
      })),
    )
  const result = settingsSchema.safeParse(document.toJS() ?? {})
  if (!result.success)
    throw new SettingsError(
      file,
      result.error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })),
    )
  const problems = crossCheckSettings(result.data)
  if (problems.length > 0) throw new SettingsError(file, problems)
  return result.data
}
