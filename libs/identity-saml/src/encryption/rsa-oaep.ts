import { constants, createHash, privateDecrypt, timingSafeEqual, type KeyObject } from 'node:crypto'

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface OaepParameters {
  readonly digest: Hash
  readonly mask: Hash
  readonly label: Uint8Array
}

/**
 * RSA-OAEP with digest and mask independent of each other, which Node's own decryption is not.
 *
 * Spec: RFC 8017, section 7.1.2. Every fault of the padding takes the same way through the code and throws the same.
 * @throws {Error} for a block that does not decrypt.
 */
export function decryptRsaOaep(key: KeyObject, block: Uint8Array, { digest, mask, label }: OaepParameters): Buffer {
  const encoded = privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block)
  const labelHash = createHash(digest).update(label).digest()
  const hashBytes = labelHash.length
  if (encoded.length < 2 * hashBytes + 2) throw new Error('the key is too short for this digest')
  const maskedSeed = encoded.subarray(1, 1 + hashBytes)
  const maskedData = encoded.subarray(1 + hashBytes)
  const seed = xor(maskedSeed, mgf1(mask, maskedData, hashBytes))
  const data = xor(maskedData, mgf1(mask, seed, maskedData.length))

  let bad = encoded[0]! | Number(!timingSafeEqual(data.subarray(0, hashBytes), labelHash))
  // Finds the 0x01 behind the zeros without a branch that depends on the data.
  let looking = 1
  let start = 0
  for (let index = hashBytes; index < data.length; index++) {
    const byte = data[index]!
    const isZero = Number(byte === 0)
    const isOne = Number(byte === 1)
    bad |= looking & (1 - isZero) & (1 - isOne)
    start += looking & isOne ? index + 1 : 0
    looking &= 1 - isOne
  }
  if ((bad | looking) !== 0) throw new Error('the block does not decrypt')
  return data.subarray(start)
}

function mgf1(hash: Hash, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = []
  for (let counter = 0, made = 0; made < length; counter++) {
    const number = Buffer.alloc(4)
    number.writeUInt32BE(counter)
    const part = createHash(hash).update(seed).update(number).digest()
    parts.push(part)
    made += part.length
  }
  return Buffer.concat(parts).subarray(0, length)
}

function xor(one: Uint8Array, other: Uint8Array): Buffer {
  const out = Buffer.alloc(one.length)
  for (let index = 0; index < one.length; index++) out[index] = one[index]! ^ other[index]!
  return out
}
