const byteLength = (piece: Uint8Array | string): number =>
  typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length

/** The pieces one behind the other, in UTF-8, in memory of their own; `spare` more bytes are allotted, not used. */
export function joinPieces(
  pieces: readonly (Uint8Array | string)[],
  spare = 0,
): { readonly bytes: Buffer; readonly length: number } {
  const lengths = pieces.map(byteLength)
  const length = lengths.reduce((sum, each) => sum + each, 0)
  const bytes = Buffer.allocUnsafeSlow(length + spare)
  let offset = 0
  pieces.forEach((piece, index) => {
    if (typeof piece !== 'string') bytes.set(piece, offset)
    // As many bytes as characters: all is ASCII, and can be copied.
    else bytes.write(piece, offset, lengths[index] === piece.length ? 'latin1' : 'utf8')
    offset += lengths[index]!
  })
  return { bytes, length }
}
