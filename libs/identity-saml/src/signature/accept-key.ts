import type { KeyObject } from 'node:crypto'
import { demand } from '../saml-refusal.js'

/** Curves of 256 bits and more that eIDAS names, as OpenSSL names them. */
const curves: ReadonlySet<string> = new Set([
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
])

/**
 * Says that a key of somebody's metadata is long enough to be trusted. An RSA key must have as many bits as the profile
 * says. Spec: eIDAS Cryptographic Requirements 1.4, 3.2.
 * @throws {SamlRefusal} `weak-key`
 */
export function acceptKey(key: KeyObject, minRsaBits: number): KeyObject {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  const isRsa = key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss'
  demand(curves.has(namedCurve) || (isRsa && modulusLength >= minRsaBits), 'weak-key')
  return key
}
