import { existsSync, readFileSync } from 'node:fs'
import { checkSigningKey, ElmoError, type SigningKey } from '@emrex-gateway/elmo'
import type { LoadedSettings } from '../settings/load-settings.js'
import { readYaml } from '../settings/read-yaml.js'
import type { SigningSettings } from '../settings/settings-schema.js'

/** Reads the files that the settings name, and keeps every problem until all were looked at. */
export class SettingsFiles {
  readonly problems: { path: string; message: string }[] = []
  constructor(private readonly loaded: LoadedSettings) {}

  problem(path: string, message: string): void {
    this.problems.push({ path, message })
  }

  text(path: string, file: string): string {
    const absolute = this.loaded.resolvePath(file)
    if (existsSync(absolute)) return readFileSync(absolute, 'utf8')
    this.problems.push({ path, message: `the file ${file} does not exist` })
    return ''
  }

  /** A path of the settings as the process opens it. */
  resolve(file: string): string {
    return this.loaded.resolvePath(file)
  }

  /** Whether something is wrong at or below this place. */
  isBad(path: string): boolean {
    return this.problems.some((problem) => `${problem.path}.`.startsWith(`${path}.`))
  }

  key(path: string, file: string): Uint8Array {
    const key = Buffer.from(this.text(path, file).trim(), 'base64')
    const missing = this.problems.some((problem) => problem.path === path)
    if (key.length !== 32 && !missing) this.problems.push({ path, message: 'must hold 32 random bytes as base64' })
    return key
  }

  yaml(path: string, file: string): unknown {
    const { errors, ...document } = readYaml(this.text(path, file))
    this.problems.push(...errors.map(({ path: line, message }) => ({ path, message: `${file}, ${line}: ${message}` })))
    return document.written
  }

  /** A key that cannot sign is found here, and not by the first student. */
  signing(path: string, { keyFile, certificateFile }: SigningSettings): SigningKey {
    const key = {
      privateKey: this.text(`${path}.keyFile`, keyFile),
      certificate: this.text(`${path}.certificateFile`, certificateFile),
    }
    if (this.isBad(path)) return key
    try {
      checkSigningKey(key)
    } catch (error) {
      if (!(error instanceof ElmoError)) throw error
      this.problems.push({ path, message: error.message })
    }
    return key
  }
}
