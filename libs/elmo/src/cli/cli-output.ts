import { once } from 'node:events'
import type { CliIo } from './cli-io.js'
import { harmless } from './harmless.js'
import { fileError, type UsageError } from './usage-error.js'

/**
 * Standard output and error of one command. When whoever reads the output has gone (`| head`), what would still come is
 * dropped in silence and the command works on: its exit code stays true.
 */
export class CliOutput {
  #gone = false
  #failure: UsageError | undefined

  constructor(
    readonly io: CliIo,
    private readonly command: string,
  ) {
    io.stdout.on('error', (error: NodeJS.ErrnoException) => {
      this.#gone = true
      if (error.code !== 'EPIPE') this.#failure ??= fileError('write', 'standard output', error)
    })
    // Nobody is left who could be told.
    io.stderr.on('error', () => undefined)
  }

  /**
   * Waits until everything is written.
   * @throws {UsageError} when standard output took nothing more, where that was not the choice of its reader
   */
  async finish(): Promise<void> {
    if (!this.#gone) await new Promise<void>((resolve) => this.io.stdout.write('', () => resolve()))
    if (this.#failure !== undefined) throw this.#failure
  }

  /** A line of the result; control characters become harmless. */
  async line(text = ''): Promise<void> {
    await this.raw(`${harmless(text)}\n`)
  }

  /** The result as it is. Waits while its reader is slow. */
  async raw(content: string | Uint8Array): Promise<void> {
    if (this.#gone || this.io.stdout.write(content)) return
    const abort = new AbortController()
    const ways = ['drain', 'close'].map((event) => once(this.io.stdout, event, { signal: abort.signal }))
    await Promise.race(ways).catch(() => undefined)
    abort.abort()
    await Promise.allSettled(ways)
  }

  /** A word to the person, beside the result. */
  tell(words: string): void {
    this.io.stderr.write(`elmo ${this.command}: ${harmless(words)}\n`)
  }

  /** A further line of what was just told. */
  tellMore(words: string): void {
    this.io.stderr.write(`${harmless(words)}\n`)
  }
}
