import { verify, type KeyObject } from 'node:crypto'
import type { AcceptedAlgorithms } from './signature-algorithms.js'

/** What the cryptography says. */
export interface CheckedSignature {
  /** Whether the digest in SignedInfo is that of the document. */
  readonly digestHolds: boolean
  /** The first of the given keys with which the signature holds. */
  readonly signer?: KeyObject
  /** The canonical form of what the signer signed. Throws where nothing was found to be signed. */
  readonly signedBytes: () => Buffer
  /** Whether another key made the signature: to explain a refusal, never to trust. */
  readonly wouldHoldWith: (key: KeyObject) => boolean
}

/** Whether a key made a signature value over canonical SignedInfo. Spec: XML Signature 1.1, 6.4; RFC 4050, 3.3. */
export function valueHolds(
  { signature }: AcceptedAlgorithms,
  key: KeyObject,
  signedInfo: Uint8Array,
  value: Uint8Array,
): boolean {
  if (key.asymmetricKeyType !== signature.keyType) return false
  try {
    return verify(signature.hash, signedInfo, { key, dsaEncoding: 'ieee-p1363' }, value)
  } catch {
    return false
  }
}
