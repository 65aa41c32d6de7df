/**
 * The bytes of names one behind the other, each from a word of its own on, four bytes to a word: names are compared with a
 * document word by word.
 */
export class NameWords {
  words = new Int32Array(512)
  #used = 0

  /** Takes a name from a document; gives its first word. */
  add(buffer: Buffer, start: number, end: number): number {
    const from = this.#used
    this.#used += (end - start + 3) >> 2
    if (this.#used > this.words.length) {
      const larger = new Int32Array(2 * this.#used)
      larger.set(this.words)
      this.words = larger
    }
    for (let at = start; at < end; at++)
      this.words[from + ((at - start) >> 2)]! |= buffer[at]! << (8 * ((at - start) & 3))
    return from
  }
}

/** Behind the place where a name may stand, so many bytes of the document must follow. */
export const bytesBehindName = 3

/** Whether the name of these words, so many bytes long, stands at an offset. Looks at `bytesBehindName` more bytes. */
export function standsAt(view: DataView, offset: number, words: Int32Array, from: number, length: number): boolean {
  const whole = from + (length >> 2)
  let at = offset
  for (let word = from; word < whole; word++) {
    if (view.getInt32(at, true) !== words[word]) return false
    at += 4
  }
  const rest = length & 3
  // The bytes behind the name are shifted out.
  return rest === 0 || (view.getInt32(at, true) ^ words[whole]!) << (32 - 8 * rest) === 0
}
