import { createHash } from 'node:crypto'
import type { Hash } from './rsa-oaep.js'

/** The hexadecimal attributes of ConcatKDFParams in the order in which they count, absent ones left out. */
export type ConcatKdfParameters = readonly string[]

/**
 * The ways to read the parameters: as the specification says, each begins with an octet that counts padding bits and is
 * taken away; some senders write no such octet, and mean the hexadecimal text as it is. The integrity check of the key
 * wrap decides between them.
 *
 * Spec: XML Encryption 1.1, section 5.4.1.
 * @throws {Error} for a parameter that is not hexadecimal.
 */
export function readingsOfConcatKdf(parameters: ConcatKdfParameters): Buffer[] {
  const octets = parameters.map((text) => {
    if (!/^([0-9a-fA-F]{2})*$/.test(text) || text.length > 4096) throw new Error('a parameter is not hexadecimal')
    return Buffer.from(text, 'hex')
  })
  const asItIs = Buffer.concat(octets)
  const isPadded = octets.every((one) => one.length === 0 || one[0] === 0)
  if (asItIs.length === 0 || !isPadded) return [asItIs]
  return [Buffer.concat(octets.map((one) => one.subarray(1))), asItIs]
}

/** Spec: NIST SP 800-56A, section 5.8.1. */
export function concatKdf(hash: Hash, secret: Uint8Array, otherInfo: Uint8Array, bytes: number): Buffer {
  const parts: Buffer[] = []
  for (let counter = 1, made = 0; made < bytes; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    const part = createHash(hash).update(number).update(secret).update(otherInfo).digest()
    parts.push(part)
    made += part.length
  }
  return Buffer.concat(parts).subarray(0, bytes)
}
