import { isAscii, isUtf8 } from 'node:buffer'
import { ElmoError, type ElmoErrorCode } from '../elmo-error.js'
import type { Steps } from '../steps.js'
import { LineIndex } from './line-index.js'

const nonCharacters = [Buffer.from('\ufffe'), Buffer.from('\uffff')]

/** How many bytes are checked before others may have the processor. */
const sliceBytes = 4 * 1024 * 1024

/** A window that is met by reading on is four times as large as the one before, up to the largest; any other has the least size. */
const leastWindow = 4 * 1024
const largestWindow = 32 * 1024
const longestInWindow = 256

/** The bytes of a document in UTF-8, with the positions that errors and elements name. */
export class XmlBytes {
  readonly buffer: Buffer
  /** The same bytes, to be compared four at a time. */
  readonly view: DataView
  /** Behind a byte order mark. */
  readonly begin: number
  readonly #lines: LineIndex
  // Texts are mostly short and asked for in order: one call into the platform decodes many of them.
  #window = ''
  #windowStart = 0
  #windowEnd = 0
  #windowSize = leastWindow
  #windowIsAscii: boolean | undefined

  /** Whether they are UTF-8 is looked at by `checkCharacters`. */
  constructor(bytes: Uint8Array) {
    this.buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.begin = this.buffer[0] === 0xef && this.buffer[1] === 0xbb && this.buffer[2] === 0xbf ? 3 : 0
    this.#lines = new LineIndex(this.buffer)
  }

  /** To be done before all else. @throws {ElmoError} ELMO_ENCODING, ELMO_NOT_WELL_FORMED */
  *checkCharacters(): Steps<void> {
    const { buffer } = this
    const utf16WithoutMark = buffer.length > 1 && (buffer[0] === 0) !== (buffer[1] === 0)
    if (utf16WithoutMark) throw notUtf8()
    for (let start = 0; start < buffer.length;) {
      if (start > 0) yield
      const end = endOfCharacter(buffer, Math.min(start + sliceBytes, buffer.length))
      const slice = buffer.subarray(start, end)
      if (!isAscii(slice)) {
        if (!isUtf8(slice)) throw notUtf8()
        for (const character of nonCharacters) {
          const offset = slice.indexOf(character)
          if (offset >= 0) this.fail('ELMO_NOT_WELL_FORMED', start + offset, 'a character that XML forbids')
        }
      }
      start = end
    }
  }

  /** The text of a range; both ends lie on character boundaries. */
  text(start: number, end: number): string {
    if (end - start > longestInWindow) return this.buffer.toString('utf8', start, end)
    if (start < this.#windowStart || end > this.#windowEnd) this.#openWindow(start)
    this.#windowIsAscii ??= isAscii(this.buffer.subarray(this.#windowStart, this.#windowEnd))
    if (!this.#windowIsAscii) {
      for (let at = start; at < end; at++) if (this.buffer[at]! > 0x7f) return this.buffer.toString('utf8', start, end)
    }
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart)
  }

  /** `text` of a range that is known to hold ASCII alone. */
  ascii(start: number, end: number): string {
    if (end - start > longestInWindow) return this.buffer.toString('latin1', start, end)
    if (start < this.#windowStart || end > this.#windowEnd) this.#openWindow(start)
    return this.#window.slice(start - this.#windowStart, end - this.#windowStart)
  }

  #openWindow(start: number): void {
    const readsOn = start > this.#windowStart && start < this.#windowEnd + leastWindow
    this.#windowSize = readsOn ? Math.min(4 * this.#windowSize, largestWindow) : leastWindow
    this.#windowStart = start
    this.#windowEnd = Math.min(start + this.#windowSize, this.buffer.length)
    this.#window = this.buffer.toString('latin1', start, this.#windowEnd)
    this.#windowIsAscii = undefined
  }

  /** Whether the ASCII text stands at the offset. */
  startsWith(text: string, offset: number): boolean {
    for (let i = 0; i < text.length; i++) if (this.buffer[offset + i] !== text.charCodeAt(i)) return false
    return true
  }

  /** The offset of the next occurrence, or an error that says what is not closed. @throws {ElmoError} */
  find(text: string | number, offset: number, what: string): number {
    const found = this.buffer.indexOf(text, offset)
    return found < 0 ? this.fail('ELMO_NOT_WELL_FORMED', offset, `${what} is not closed`) : found
  }

  skipSpace(offset: number): number {
    while (isSpace(this.buffer[offset])) offset++
    return offset
  }

  /** 1-based line, and column in bytes. */
  locate(offset: number): { readonly line: number; readonly column: number } {
    return this.#lines.locate(offset)
  }

  /** The message never quotes the document. @throws {ElmoError} always */
  fail(code: ElmoErrorCode, offset: number, what: string): never {
    const { line, column } = this.locate(offset)
    throw new ElmoError(code, `Line ${line}, column ${column}: ${what}.`, { line, column })
  }
}

/** Space, tab, carriage return or line feed. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** From an offset to behind the character that it stands in; in what is not UTF-8, to anywhere near. */
function endOfCharacter(buffer: Buffer, offset: number): number {
  let end = offset
  while (end < offset + 3 && end < buffer.length && (buffer[end]! & 0xc0) === 0x80) end++
  return end
}

const notUtf8 = (): ElmoError => new ElmoError('ELMO_ENCODING', 'The document is not UTF-8.')
