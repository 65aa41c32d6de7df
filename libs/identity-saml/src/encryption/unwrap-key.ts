import { createDecipheriv } from 'node:crypto'

const initialValue = Buffer.alloc(8, 0xa6)

/**
 * A key wrapped by AES Key Wrap; its own integrity check tells a wrong key.
 *
 * Spec: RFC 3394.
 * @throws {Error} when the check fails.
 */
export function unwrapKey(wrappingKey: Uint8Array, wrapped: Uint8Array): Buffer {
  const decipher = createDecipheriv(`id-aes${wrappingKey.length * 8}-wrap`, wrappingKey, initialValue)
  return Buffer.concat([decipher.update(wrapped), decipher.final()])
}
