import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import { SamlRefusal } from '../saml-refusal.js'
import { agreeOnKey } from './agree-on-key.js'
import { concatKdf } from './concat-kdf.js'
import { decryptContent } from './decrypt-content.js'
import { parseEncryptedAssertion, type EncryptionPolicy, type KeyTransport } from './parse-encrypted-assertion.js'
import { decryptRsaOaep } from './rsa-oaep.js'
import { unwrapKey } from './unwrap-key.js'

/** Unwrapping and decrypting is tried this often for one message, whatever it holds. */
export const maxDecryptionAttempts = 6

/**
 * The XML text of the assertion inside an EncryptedAssertion.
 *
 * Every key of ours is tried, in the order given (newest first). Nothing is fetched: no CipherReference, no
 * RetrievalMethod out of the element. Whatever fails after the forms were found good fails in the same way, so that an
 * answer says nothing about keys or padding.
 *
 * @param keys PEM or key objects, RSA or elliptic curve.
 * @throws {SamlRefusal} `enc-form` for another structure, `enc-alg` for an algorithm that the policy does not have,
 *   `decrypt` for all else.
 *
 * Spec: SAML 2.0 Core, section 2.3.4; XML Encryption 1.1.
 */
export function decryptAssertion(
  encrypted: Element,
  keys: readonly (KeyObject | string)[],
  policy: EncryptionPolicy,
): string {
  const parsed = parseEncryptedAssertion(encrypted, policy)
  const privateKeys = keys.map((key) => (typeof key === 'string' ? createPrivateKey(key) : key))
  let attempts = 0
  for (const transport of parsed.transports)
    for (const key of privateKeys)
      for (const unwrap of waysToUnwrap(transport, key)) {
        if (++attempts > maxDecryptionAttempts) throw new SamlRefusal('decrypt')
        const plain = attempt(() => {
          const contentKey = unwrap()
          if (contentKey.length !== parsed.cipher.keyBytes && !parsed.trustsKeyLength) throw new Error('key length')
          return decryptContent(parsed.cipher, contentKey, parsed.octets)
        })
        if (plain !== undefined) return textOf(plain)
      }
  throw new SamlRefusal('decrypt')
}

function waysToUnwrap(transport: KeyTransport, key: KeyObject): (() => Buffer)[] {
  if (transport.kind === 'rsa-oaep')
    return key.asymmetricKeyType === 'rsa' ? [() => decryptRsaOaep(key, transport.wrapped, transport)] : []
  const { curve, point, digest, readings, wrapped, wrappingKeyBytes } = transport
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== curve) return []
  return readings.map(
    (reading) => () => unwrapKey(concatKdf(digest, agreeOnKey(key, point), reading, wrappingKeyBytes), wrapped),
  )
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

function textOf(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets)
  } catch {
    throw new SamlRefusal('decrypt')
  }
}
