const stagingBytes = 64 * 1024
/** Enough for a small element, and so small that it costs no allocation of its own. */
const firstStagingBytes = 2 * 1024
/** Pieces from this size on are handed on as they are, without copying. */
const largePiece = 16 * 1024
/** The most that is handed on at once, so that who hashes it can pause between. */
const maxChunk = 1024 * 1024

/** Gathers pieces of bytes into chunks of a size worth handing on. */
export class ByteOutput {
  #staging = Buffer.allocUnsafe(firstStagingBytes)
  #used = 0
  #chunks: Uint8Array[] = []

  /** Whether chunks wait to be taken. */
  get isReady(): boolean {
    return this.#chunks.length > 0
  }

  /** The chunks so far. They stay what they are: nothing is written into them again. */
  take(): Uint8Array[] {
    const chunks = this.#chunks
    this.#chunks = []
    return chunks
  }

  /** Ends the chunk that is being gathered. */
  flush(): void {
    if (this.#used === 0) return
    this.#chunks.push(this.#staging.subarray(0, this.#used))
    this.#staging = this.#staging.subarray(this.#used)
    this.#used = 0
  }

  bytes(source: Buffer, start: number, end: number): void {
    const length = end - start
    if (length <= 0) return
    if (length >= largePiece) {
      this.flush()
      for (let at = start; at < end; at += maxChunk) {
        this.#chunks.push(source.subarray(at, Math.min(at + maxChunk, end)))
      }
      return
    }
    this.#reserve(length)
    source.copy(this.#staging, this.#used, start, end)
    this.#used += length
  }

  text(text: string): void {
    if (text.length * 3 >= largePiece) {
      const encoded = Buffer.from(text)
      this.bytes(encoded, 0, encoded.length)
      return
    }
    this.#reserve(text.length * 3)
    this.#used += this.#staging.write(text, this.#used)
  }

  #reserve(length: number): void {
    if (this.#used + length <= this.#staging.length) return
    this.flush()
    this.#staging = Buffer.allocUnsafe(stagingBytes)
  }
}
