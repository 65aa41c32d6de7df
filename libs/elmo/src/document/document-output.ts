/** A chunk is handed on when the next text might not fit in. */
const chunkBytes = 64 * 1024
/** Longer texts are pieces of their own, so that they are copied once only: into the document. */
const longestInChunk = 4096

/** ASCII characters that stand in a text and in an attribute as they are. */
const plain = new Uint8Array(0x80)
for (let code = 0x20; code < 0x80; code++) plain[code] = '&<>"'.includes(String.fromCharCode(code)) ? 0 : 1

/** Gathers a document: its structure in UTF-8 already, long texts and sources as they are, in their order. */
export class DocumentOutput<Source = never> {
  readonly #pieces: (Uint8Array | string | Source)[] = []
  #chunk = Buffer.allocUnsafeSlow(chunkBytes)
  #start = 0
  #at = 0

  /** Markup made ready: short. */
  bytes(bytes: Uint8Array): void {
    const { length } = bytes
    this.#reserve(length)
    // A call into the platform costs as much as a dozen bytes.
    if (length > 12) this.#chunk.set(bytes, this.#at)
    else for (let from = 0, to = this.#at; from < length; from++, to++) this.#chunk[to] = bytes[from]!
    this.#at += length
  }

  /**
   * Writes a text that is written as it is, wherever it stands: not long, nothing to escape, no white space but single
   * blanks inside. Of any other text nothing is written.
   */
  plain(text: string): boolean {
    const { length } = text
    if (length > longestInChunk) return false
    this.#reserve(length * 3)
    const chunk = this.#chunk
    let at = this.#at
    let last = 0x20
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      if (code < 0x80) {
        if (plain[code] === 0 || (code === 0x20 && last === 0x20)) return false
        chunk[at++] = code
      } else if (code < 0x800) {
        chunk[at++] = 0xc0 | (code >> 6)
        chunk[at++] = 0x80 | (code & 0x3f)
      } else if (code < 0xd800) {
        chunk[at++] = 0xe0 | (code >> 12)
        chunk[at++] = 0x80 | ((code >> 6) & 0x3f)
        chunk[at++] = 0x80 | (code & 0x3f)
      } else return false
      last = code
    }
    if (last === 0x20 && length > 0) return false
    this.#at = at
    return true
  }

  /** Any text, escaped by the caller. */
  text(text: string): void {
    if (text.length > longestInChunk) return this.#piece(text)
    this.#reserve(text.length * 3)
    this.#at += this.#chunk.write(text, this.#at)
  }

  source(source: Source): void {
    this.#piece(source)
  }

  /** All of it; to be asked for once, at the end. */
  pieces(): readonly (Uint8Array | string | Source)[] {
    this.#cut()
    return this.#pieces
  }

  #piece(piece: string | Source): void {
    this.#cut()
    this.#pieces.push(piece)
  }

  #cut(): void {
    if (this.#at > this.#start) this.#pieces.push(this.#chunk.subarray(this.#start, this.#at))
    this.#start = this.#at
  }

  #reserve(length: number): void {
    if (this.#at + length <= this.#chunk.length) return
    this.#cut()
    this.#chunk = Buffer.allocUnsafeSlow(chunkBytes)
    this.#start = this.#at = 0
  }
}
