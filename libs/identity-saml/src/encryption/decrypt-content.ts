import { createDecipheriv } from 'node:crypto'
import type { ContentCipher } from './encryption-algorithms.js'

const gcmIvBytes = 12
const gcmTagBytes = 16
const cbcBlockBytes = 16

/**
 * The octets of a CipherValue by AES. GCM takes tags of exactly 16 bytes and nothing shorter than 29.
 *
 * Spec: XML Encryption 1.1, sections 5.2.2 (CBC) and 5.2.4 (GCM).
 * @throws {Error} for whatever does not decrypt.
 */
export function decryptContent(cipher: ContentCipher, key: Uint8Array, octets: Uint8Array): Buffer {
  return cipher.mode === 'gcm' ? decryptGcm(key, octets) : decryptCbc(key, octets)
}

function decryptGcm(key: Uint8Array, octets: Uint8Array): Buffer {
  if (octets.length < gcmIvBytes + 1 + gcmTagBytes) throw new Error('too short')
  const decipher = createDecipheriv(`aes-${bits(key)}-gcm`, key, octets.subarray(0, gcmIvBytes), {
    authTagLength: gcmTagBytes,
  })
  decipher.setAuthTag(octets.subarray(octets.length - gcmTagBytes))
  const body = octets.subarray(gcmIvBytes, octets.length - gcmTagBytes)
  return Buffer.concat([decipher.update(body), decipher.final()])
}

function decryptCbc(key: Uint8Array, octets: Uint8Array): Buffer {
  if (octets.length < 2 * cbcBlockBytes || octets.length % cbcBlockBytes !== 0) throw new Error('no whole blocks')
  const decipher = createDecipheriv(`aes-${bits(key)}-cbc`, key, octets.subarray(0, cbcBlockBytes))
  decipher.setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(octets.subarray(cbcBlockBytes)), decipher.final()])
  // Only the last octet of this padding counts; the others may be anything.
  const padding = padded[padded.length - 1]!
  if (padding < 1 || padding > cbcBlockBytes) throw new Error('no padding')
  return padded.subarray(0, padded.length - padding)
}

function bits(key: Uint8Array): 128 | 192 | 256 {
  if (key.length === 16) return 128
  if (key.length === 24) return 192
  if (key.length === 32) return 256
  throw new Error('no length of an AES key')
}
