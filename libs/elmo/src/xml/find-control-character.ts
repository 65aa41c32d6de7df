/** The offset of the first control character that XML 1.0 leaves out, or -1. */
export function findControlCharacter(buffer: Buffer): number {
  const head = Math.min((4 - (buffer.byteOffset % 4)) % 4, buffer.length)
  const count = (buffer.length - head) >>> 2
  if (count === 0) return findIn(buffer, 0, buffer.length)
  const words = new Int32Array(buffer.buffer, buffer.byteOffset + head, count)
  const first = findIn(buffer, 0, head)
  if (first >= 0) return first
  // Signed, so that the arithmetic stays one of small integers; and of this function, because others are looked up each time.
  const highBits = 0x80808080 | 0
  for (let i = 0; i < count; i++) {
    const word = words[i]!
    // A byte below 0x20 leaves its highest bit set: four bytes are asked at once, and false alarms looked at singly.
    if (((word - 0x20202020) & ~word & highBits) === 0) continue
    const found = findIn(buffer, head + i * 4, head + i * 4 + 4)
    if (found >= 0) return found
  }
  return findIn(buffer, head + count * 4, buffer.length)
}

function findIn(buffer: Buffer, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const byte = buffer[i]!
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return i
  }
  return -1
}
