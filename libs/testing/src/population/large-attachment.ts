import { createHash } from 'node:crypto'

/** Two MB that do not compress and are the same on every run; it begins as a PDF does. */
export function largeAttachment(bytes = 2 * 1024 * 1024): Buffer {
  const blocks = [Buffer.from('%PDF-1.7\n')]
  for (let index = 0; index * 32 < bytes; index += 1)
    blocks.push(createHash('sha256').update(`block ${index}`).digest())
  return Buffer.concat(blocks).subarray(0, bytes)
}
