import type { CliIo } from './cli-io.js'
import { harmless } from './harmless.js'

const MB = 1_000_000
const fromBytes = 5 * MB
const clearLine = '\r\u001b[K'

/**
 * Says on standard error how much of a large file was read and that it is being looked at: in one line that is written
 * anew on a terminal, in lines of their own elsewhere. Files up to 5 MB pass in silence.
 */
export class ReadProgress {
  #told = 0

  constructor(
    private readonly stderr: CliIo['stderr'],
    private readonly isWanted: boolean,
    private readonly file: string,
    /** Bytes; undefined when nobody knows. */
    private readonly size: number | undefined,
  ) {}

  read(bytes: number): void {
    if (!this.isWanted || Math.max(this.size ?? 0, bytes) <= fromBytes) return
    // Ten steps are enough of a file, each MB of a stream that has no known end.
    const step = this.size === undefined ? MB : this.size / 10
    if (bytes !== this.size && bytes - this.#told < step) return
    this.#told = bytes
    const of = this.size === undefined ? '' : ` of ${inMB(this.size)}`
    this.#say(`read ${inMB(bytes)}${of} MB`)
  }

  /** Everything is there; the work begins. */
  ended(bytes: number): void {
    if (!this.isWanted || bytes <= fromBytes) return
    if (this.stderr.isTTY) this.stderr.write(clearLine)
    else this.#say(`read all ${inMB(bytes)} MB, working`)
  }

  #say(words: string): void {
    const line = `${harmless(this.file)}: ${words}`
    this.stderr.write(this.stderr.isTTY ? `${clearLine}${line}` : `${line}\n`)
  }
}

const inMB = (bytes: number): number => Math.round(bytes / MB)
