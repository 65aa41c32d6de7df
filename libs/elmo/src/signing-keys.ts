import { createPublicKey, type KeyObject } from 'node:crypto'
import { describeCertificate, keyBits, normaliseCertificate, type CertificateFacts } from './certificate.js'
import { ElmoError } from './elmo-error.js'

/** A key that may have signed, and its certificate where it came with one. */
export interface CandidateKey {
  readonly key: KeyObject
  readonly certificate?: CertificateFacts
}

/** @throws {ElmoError} ELMO_CERTIFICATE */
export function readKey(text: string): CandidateKey {
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
