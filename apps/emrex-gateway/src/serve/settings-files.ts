import { readFileSync } from 'node:fs'
import { checkSigningKey, ElmoError, type SigningKey } from '@emrex-gateway/elmo'
import type { SealKeys } from '@emrex-gateway/store'
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

  /** '' for a file that cannot be used, which is a problem. */
  text(path: string, file: string): string {
    try {
      const text = readFileSync(this.loaded.resolvePath(file), 'utf8')
      if (text.trim() !== '') return text
      this.problem(path, `the file ${file} is empty`)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      this.problem(path, `the file ${file} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`)
    }
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

  /** The keys that the store is sealed with. */
  seal(): SealKeys {
    const { keyFile, previousKeyFiles } = this.loaded.settings.seal
    const previousKeys = previousKeyFiles.map((file, index) => this.key(`seal.previousKeyFiles.${index}`, file))
    return { key: this.key('seal.keyFile', keyFile), previousKeys }
  }

  private key(path: string, file: string): Uint8Array {
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
