import { createPublicKey, diffieHellman, type KeyObject } from 'node:crypto'

/**
 * The shared secret of ECDH with a key that the sender made for this message. The point is taken uncompressed, has to
 * lie on the curve of our key, and must not be our own.
 *
 * Spec: XML Encryption 1.1, section 5.6.4; RFC 5480 for the form in which the key is handed to Node.
 * @throws {Error} for any other point.
 */
export function agreeOnKey(privateKey: KeyObject, point: Uint8Array): Buffer {
  const ours = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  // Of the same curve, both have the same octets in front of the point.
  if (point[0] !== 4 || point.length % 2 !== 1 || point.length >= ours.length) throw new Error('no uncompressed point')
  const spki = Buffer.concat([ours.subarray(0, ours.length - point.length), point])
  if (spki.equals(ours)) throw new Error('our own key')
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  return diffieHellman({ privateKey, publicKey })
}
