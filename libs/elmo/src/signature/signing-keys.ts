import { createPublicKey, type KeyObject } from 'node:crypto'
import { describeCertificate, keyBits, normaliseCertificate, type CertificateFacts } from './certificate.js'
import { ElmoError } from '../elmo-error.js'
import { remembered } from '../remembered.js'

/** A key that may have signed, and its certificate where it came with one. */
export interface CandidateKey {
  readonly key: KeyObject
  readonly certificate?: CertificateFacts
}

/** The key of a text. @throws {ElmoError} ELMO_CERTIFICATE */
const readKey = remembered(parseKey, { maxEntries: 256, maxLength: 16 * 1024 })

function parseKey(text: string): CandidateKey {
  const pem = normaliseCertificate(text)
  try {
    return { key: createPublicKey(pem), certificate: describeCertificate(pem) }
  } catch (error) {
    throw new ElmoError('ELMO_CERTIFICATE', 'The key of the certificate cannot be used.', {}, { cause: error })
  }
}

/** The keys of the texts that can be read; one damaged entry of a registry must not shut out the others. */
export function readKeys(texts: readonly string[]): CandidateKey[] {
  return texts.flatMap((text) => {
    try {
      return [readKey(text)]
    } catch (error) {
      if (error instanceof ElmoError) return []
      throw error
    }
  })
}

/** RSA from 2048 bits, or ECDSA on P-256, P-384 or P-521. Short keys have no exception. */
export function isStrong({ key }: CandidateKey): boolean {
  const bits = keyBits(key) ?? 0
  return key.asymmetricKeyType === 'rsa' ? bits >= 2048 : key.asymmetricKeyType === 'ec' && bits >= 256
}

/**
 * Those of the keys that count.
 * @throws {ElmoError} ELMO_SIGNATURE_WEAK when all are short, ELMO_CERTIFICATE when none of the `given` could be read,
 * ELMO_SIGNER_UNKNOWN when none was given
 */
export function strongKeys(keys: readonly CandidateKey[], given: number): [CandidateKey, ...CandidateKey[]] {
  const [first, ...others] = keys.filter(isStrong)
  if (first !== undefined) return [first, ...others]
  if (keys.length > 0) throw weakKey()
  if (given > 0) throw new ElmoError('ELMO_CERTIFICATE', 'None of the given keys can be read.')
  throw new ElmoError('ELMO_SIGNER_UNKNOWN', 'No key was given to verify with.')
}

export const weakKey = (): ElmoError =>
  new ElmoError('ELMO_SIGNATURE_WEAK', 'The key is shorter than RSA 2048 or ECDSA P-256, or of another kind.')

/** Whether both are the same certificate; the same key where one of them is bare. */
export function isSameSigner(a: CandidateKey, b: CandidateKey): boolean {
  if (a.certificate === undefined || b.certificate === undefined) return a.key.equals(b.key)
  return a.certificate.sha256Fingerprint === b.certificate.sha256Fingerprint
}
