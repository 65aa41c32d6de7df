import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { describeCertificate } from '@emrex-gateway/elmo'
import { EmrexError, errorFacts, reasonOf, type Log } from '@emrex-gateway/core'
import type { Metrics } from './metrics.js'

/** Something that was read from files, and can be read anew while it is in use. */
export interface RollingPart {
  /** As in the settings, such as `ncp norway` or `system records`. */
  readonly what: string
  /** Absolute paths, as they are now. */
  readonly files: () => readonly string[]
  /** Reads them and takes into use what they hold. @throws when it cannot be used; then nothing has changed. */
  readonly apply: () => Promise<void>
}

/** A certificate in one of the watched files. */
export interface FileCertificate {
  readonly what: string
  readonly endsAt: string
}

/** Larger ones hold no key: databases that a plugin keeps, for example. */
const maxKeyFileBytes = 256 * 1024

/**
 * Looks at the files of keys and certificates, and takes changed ones into use. A file that cannot be used is refused, told
 * once, and tried again at the next look: two files that belong together are seldom written at the same moment.
 */
export class KeyRollover {
  private readonly inUse = new Map<string, string>()
  private readonly told = new Map<string, string>()
  private running: Promise<void> | undefined

  /** @param readAt when the parts began to be read, in epoch milliseconds */
  constructor(
    private readonly parts: readonly RollingPart[],
    readAt: number,
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    for (const { what, files } of parts) {
      // A file that changed since then may be in use as it was before: the first look reads it again.
      if (!files().some((file) => changedAt(file) > readAt)) this.inUse.set(what, contentOf(files()))
      metrics.keysRefused.set({ what }, 0)
    }
  }

  /** What could not be taken into use, and why. */
  get refused(): readonly { readonly what: string; readonly why: string }[] {
    return [...this.told].map(([what, why]) => ({ what, why }))
  }

  /** Certificates that systems use to say who we are, by their ends. */
  get certificates(): readonly FileCertificate[] {
    return this.parts.flatMap(({ what, files }) =>
      files().flatMap((file) => {
        const endsAt = endOf(file)
        return endsAt === undefined ? [] : [{ what, endsAt }]
      }),
    )
  }

  /** Looks at all files now; one look at a time. Does not reject. */
  check(): Promise<void> {
    this.running ??= this.checkAll().finally(() => (this.running = undefined))
    return this.running
  }

  private async checkAll(): Promise<void> {
    for (const part of this.parts) await this.checkOne(part)
  }

  private async checkOne({ what, files, apply }: RollingPart): Promise<void> {
    const content = contentOf(files())
    if (content === this.inUse.get(what)) return this.settled(what)
    try {
      await apply()
      this.inUse.set(what, content)
      this.settled(what)
      this.metrics.keysReplaced.inc({ what })
      this.log.info('keys.replaced', { what })
    } catch (error) {
      const why =
        error instanceof EmrexError || (error as Error).name === 'ElmoError'
          ? (error as Error).message
          : reasonOf(error)
      if (this.told.get(what) === why) return
      this.told.set(what, why)
      this.metrics.keysRefused.set({ what }, 1)
      this.log.error('keys.refused', { what, code: reasonOf(error), ...errorFacts(error) })
    }
  }

  private settled(what: string): void {
    if (!this.told.delete(what)) return
    this.metrics.keysRefused.set({ what }, 0)
  }
}

/** One hash of what the files hold; a file that is no key, or not there, counts by that. */
function contentOf(files: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`\0${file}\0`).update(smallFile(file) ?? '-')
  return hash.digest('base64')
}

function smallFile(file: string): Buffer | undefined {
  try {
    const { size } = statSync(file)
    if (size > maxKeyFileBytes) return undefined
    const bytes = readFileSync(file)
    return bytes.length === 0 || bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3' ? undefined : bytes
  } catch {
    return undefined
  }
}

/** Renaming a file, or a link to another, counts too. 0 for a file that is not there. */
function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ctimeMs ?? 0
}

function endOf(file: string): string | undefined {
  const text = smallFile(file)?.toString('latin1')
  if (text === undefined || !text.includes('-----BEGIN CERTIFICATE-----')) return undefined
  try {
    return describeCertificate(text)?.notAfter
  } catch {
    return undefined
  }
}
