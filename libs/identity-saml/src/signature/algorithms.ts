import { constants, sign, verify, type KeyObject, type SignKeyObjectInput } from 'node:crypto'
import type { DigestAlgorithm, SignatureAlgorithm } from '../profile.js'

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const pss = 'http://www.w3.org/2007/05/xmldsig-more#'

/** Spec: RFC 9231, 2.3. */
export const signatureUris: Readonly<Record<SignatureAlgorithm, string>> = {
  'rsa-sha256': `${more}rsa-sha256`,
  'rsa-sha384': `${more}rsa-sha384`,
  'rsa-sha512': `${more}rsa-sha512`,
  'rsa-pss-sha256': `${pss}sha256-rsa-MGF1`,
  'rsa-pss-sha384': `${pss}sha384-rsa-MGF1`,
  'rsa-pss-sha512': `${pss}sha512-rsa-MGF1`,
  'ecdsa-sha256': `${more}ecdsa-sha256`,
  'ecdsa-sha384': `${more}ecdsa-sha384`,
  'ecdsa-sha512': `${more}ecdsa-sha512`,
}

/** Spec: XML Encryption 1.1, 5.7; RFC 9231, 2.1. */
export const digestUris: Readonly<Record<DigestAlgorithm, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: `${more}sha384`,
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}

/** The algorithm of a URI among those that are accepted; undefined for every other, whatever the runtime could do. */
export function signatureOfUri(
  uri: string | undefined,
  accepted: readonly SignatureAlgorithm[],
): SignatureAlgorithm | undefined {
  return accepted.find((algorithm) => signatureUris[algorithm] === uri)
}

export function digestOfUri(
  uri: string | undefined,
  accepted: readonly DigestAlgorithm[],
): DigestAlgorithm | undefined {
  return accepted.find((algorithm) => digestUris[algorithm] === uri)
}

const hashOf = (algorithm: SignatureAlgorithm): DigestAlgorithm => algorithm.split('-').at(-1) as DigestAlgorithm

/** Whether the key is of the kind that the algorithm needs. */
function fits(algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  if (algorithm.startsWith('ecdsa')) return key.asymmetricKeyType === 'ec'
  return key.asymmetricKeyType === 'rsa' || (algorithm.startsWith('rsa-pss') && key.asymmetricKeyType === 'rsa-pss')
}

/** PSS with a salt as long as the digest, and the digest as mask; ECDSA as two numbers of fixed length. */
function parameters(algorithm: SignatureAlgorithm, key: KeyObject): SignKeyObjectInput {
  if (algorithm.startsWith('ecdsa')) return { key, dsaEncoding: 'ieee-p1363' }
  if (algorithm.startsWith('rsa-pss'))
    return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return { key, padding: constants.RSA_PKCS1_PADDING }
}

/** The value of a signature. @throws {TypeError} when the key is of another kind than the algorithm needs */
export function signValue(algorithm: SignatureAlgorithm, key: KeyObject, data: Uint8Array): Buffer {
  if (!fits(algorithm, key)) throw new TypeError(`${algorithm} needs another kind of key`)
  return sign(hashOf(algorithm), data, parameters(algorithm, key))
}

/** Whether a value is a signature of this key by this algorithm; false also for a key of another kind. */
export function valueHolds(
  algorithm: SignatureAlgorithm,
  key: KeyObject,
  data: Uint8Array,
  value: Uint8Array,
): boolean {
  if (!fits(algorithm, key)) return false
  try {
    return verify(hashOf(algorithm), data, parameters(algorithm, key), value)
  } catch {
    // OpenSSL throws at some values that no signer makes.
    return false
  }
}
