/**
 * Base64 of bytes that come in pieces, so that nobody needs to keep and join them: large documents would be in memory
 * once more.
 *
 * Spec: RFC 4648, 4.
 */
export class Base64Writer {
  #text = ''
  /** Less than three bytes: their digits depend on those behind them. */
  #rest: Buffer = Buffer.alloc(0)

  add(bytes: Buffer): void {
    const missing = (3 - this.#rest.length) % 3
    const first = Buffer.concat([this.#rest, bytes.subarray(0, missing)])
    if (bytes.length < missing) {
      this.#rest = first
      return
    }
    const end = bytes.length - ((bytes.length - missing) % 3)
    this.#text += first.toString('base64') + bytes.toString('base64', missing, end)
    // Copied: a part of the piece would keep all of it.
    this.#rest = Buffer.from(bytes.subarray(end))
  }

  /** All digits, padded. To be asked for once, at the end. */
  end(): string {
    return this.#text + this.#rest.toString('base64')
  }
}
