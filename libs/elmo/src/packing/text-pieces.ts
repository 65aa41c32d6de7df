/** How many characters are worked on before others may have the processor. */
const pieceLength = 1024 * 1024

/** A text in pieces that end only where they may. */
export function* textPieces(text: string, mayEndBefore: (text: string, at: number) => boolean): Iterable<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + pieceLength, text.length)
    while (end < text.length && !mayEndBefore(text, end)) end++
    yield text.slice(start, end)
    start = end
  }
}
