const blockBytes = 16 * 1024
const lineFeed = 0x0a

/** Somewhere in a document: how many line feeds stand before it, and where its line began. */
interface Mark {
  readonly offset: number
  readonly feeds: number
  readonly lineStart: number
}

/**
 * Finds the line of an offset without counting from the beginning each time: it goes on from the last answer, or from
 * the nearest of the marks set so far. Nothing is counted before the first question.
 */
export class LineIndex {
  /** One at each multiple of `blockBytes`. */
  readonly #marks: Mark[] = [{ offset: 0, feeds: 0, lineStart: 0 }]
  #last: Mark = this.#marks[0]!

  constructor(private readonly buffer: Buffer) {}

  /** 1-based line, and column in bytes. */
  locate(offset: number): { readonly line: number; readonly column: number } {
    const block = Math.floor(offset / blockBytes)
    while (this.#marks.length <= block) {
      this.#marks.push(this.#count(this.#marks.at(-1)!, this.#marks.length * blockBytes))
    }
    const mark = this.#marks[block]!
    const isNear = this.#last.offset >= mark.offset && this.#last.offset <= offset
    this.#last = this.#count(isNear ? this.#last : mark, offset)
    return { line: this.#last.feeds + 1, column: offset - this.#last.lineStart + 1 }
  }

  #count(from: Mark, offset: number): Mark {
    let { feeds, lineStart } = from
    const end = Math.min(offset, this.buffer.length)
    // In a long attachment there may be no line at all: the search of the platform passes over it.
    const first = this.buffer.subarray(from.offset, end).indexOf(lineFeed)
    if (first < 0) return { offset, feeds, lineStart }
    for (let i = from.offset + first; i < end; i++) {
      if (this.buffer[i] !== lineFeed) continue
      feeds++
      lineStart = i + 1
    }
    return { offset, feeds, lineStart }
  }
}
