/** The texts one behind the other, in UTF-8, in memory of their own. */
export function encodePieces(pieces: readonly string[]): Uint8Array {
  const lengths = pieces.map((piece) => Buffer.byteLength(piece))
  const bytes = Buffer.allocUnsafeSlow(lengths.reduce((sum, length) => sum + length, 0))
  let offset = 0
  pieces.forEach((piece, index) => {
    // As many bytes as characters: all is ASCII, and can be copied.
    offset += bytes.write(piece, offset, lengths[index] === piece.length ? 'latin1' : 'utf8')
  })
  return bytes
}
