import { wordBytes, type Markup } from './markup.js'

/** A chunk is handed on when the next text might not fit in. */
const chunkBytes = 64 * 1024
/** Longer texts are pieces of their own, so that they are copied once only: into the document. */
const longestInChunk = 4096

/** For each ASCII character how many bytes canonical form writes: one for itself, some for a reference, 0 for no simple case. */
function lengthsOf(references: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const lengths = new Uint8Array(0x80).fill(1, 0x20)
  for (const [character, reference] of Object.entries(references)) lengths[character.charCodeAt(0)] = reference.length
  return lengths
}

const inText = { '&': Buffer.from('&amp;'), '<': Buffer.from('&lt;'), '>': Buffer.from('&gt;') }
const inAttribute = { '&': inText['&'], '<': inText['<'], '"': Buffer.from('&quot;') }
const references: Readonly<Record<string, Uint8Array>> = { ...inText, ...inAttribute }
const lengthsInText = lengthsOf(inText)
const lengthsInAttribute = lengthsOf(inAttribute)
const longestReference = '&quot;'.length

const wordsOf = ({ buffer, byteOffset, length }: Buffer): DataView => new DataView(buffer, byteOffset, length)

/** Gathers a document: its structure in UTF-8 already, long texts and sources as they are, in their order. */
export class DocumentOutput<Source = never> {
  readonly #pieces: (Uint8Array | string | Source)[] = []
  #chunk = Buffer.allocUnsafeSlow(chunkBytes)
  #words = wordsOf(this.#chunk)
  #start = 0
  #at = 0

  /** Short. */
  markup({ words, length }: Markup): void {
    // What stands behind the last byte is overwritten by what follows.
    this.#reserve(length + wordBytes)
    const chunk = this.#words
    let at = this.#at
    for (let index = 0; index < words.length; index++) {
      chunk.setFloat64(at, words[index]!)
      at += wordBytes
    }
    this.#at += length
  }

  /**
   * Writes a text, as Canonical XML does, that is not long and has no white space but single blanks inside, and no
   * character that needs more than a look. Of any other text nothing is written.
   */
  plain(text: string, isAttribute: boolean): boolean {
    const { length } = text
    if (length > longestInChunk) return false
    this.#reserve(length * longestReference)
    const chunk = this.#chunk
    // In this function, because the engine looks up at each use what stands outside.
    const lengths = isAttribute ? lengthsInAttribute : lengthsInText
    let at = this.#at
    let last = 0x20
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      if (code < 0x80) {
        const written = lengths[code]!
        if (written === 0 || (code === 0x20 && last === 0x20)) return false
        if (written === 1) chunk[at++] = code
        else {
          chunk.set(references[text[index]!]!, at)
          at += written
        }
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
    this.#words = wordsOf(this.#chunk)
    this.#start = this.#at = 0
  }
}
