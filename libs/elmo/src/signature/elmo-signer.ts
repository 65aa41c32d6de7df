import { createPrivateKey, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { ElmoError } from '../elmo-error.js'
import { normaliseCertificate } from './certificate.js'
import { normalisePrivateKey } from './normalise-private-key.js'
import { signatureUri, type Hash } from './signature-algorithms.js'
import { isStrong } from './signing-keys.js'

/** A private key and its certificate, as PEM texts. */
export interface SigningKey {
  /** RSA of 2048 bits or more, or ECDSA on P-256, P-384 or P-521. */
  readonly privateKey: string
  /** The certificate of that key; of a chain the first counts. */
  readonly certificate: string
}

/**
 * Who holds the key: a file, a hardware module, a service. It sees the bytes to sign and nothing else of the document.
 * The value is what XML Signature carries: of ECDSA the two numbers one after the other, each as long as the key.
 */
export interface ElmoSigner {
  /** PEM; of a chain the first counts. */
  readonly certificate: string
  /** The URI of the signature algorithm. Spec: RFC 9231, 2.3. */
  readonly algorithm: string
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>
}

/** A signer that need not wait. */
export interface KeyFileSigner {
  readonly certificate: string
  readonly algorithm: string
  readonly signNow: (bytes: Uint8Array) => Uint8Array
}

/**
 * A signer with a key in memory. RSA signs with SHA-256, which every peer takes; ECDSA with the hash of its curve's size.
 *
 * Spec: XML Signature 1.1; RFC 9231, 2.3.
 * @throws {ElmoError} ELMO_CERTIFICATE when key and certificate cannot be read or do not belong together,
 * ELMO_SIGNATURE_WEAK for a short key or one of another kind
 */
export function keyFileSigner(key: SigningKey): ElmoSigner & KeyFileSigner {
  const known = signers.get(key)
  // Somebody may have put another key into the same object.
  if (known?.privateKey === key.privateKey && known.certificate === key.certificate) return known.signer
  const signer = makeSigner(key)
  signers.set(key, { privateKey: key.privateKey, certificate: key.certificate, signer })
  return signer
}

/** Reading a key takes longer than signing a small document. */
const signers = new WeakMap<SigningKey, SigningKey & { readonly signer: ElmoSigner & KeyFileSigner }>()

function makeSigner(key: SigningKey): ElmoSigner & KeyFileSigner {
  const { privateKey, certificate } = readPair(key)
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ElmoError('ELMO_CERTIFICATE', 'The certificate is not that of the signing key.')
  }
  if (!isStrong({ key: privateKey })) {
    throw new ElmoError('ELMO_SIGNATURE_WEAK', 'The signing key must be RSA from 2048 bits, or ECDSA from P-256.')
  }
  const hash = hashOf(privateKey)
  const signNow = (bytes: Uint8Array): Uint8Array => sign(hash, bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return {
    certificate: certificate.toString(),
    algorithm: signatureUri(privateKey.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec', hash),
    signNow,
    sign: (bytes) => Promise.resolve(signNow(bytes)),
  }
}

type StrongHash = Exclude<Hash, 'sha1'>

const hashOfCurve: Readonly<Record<string, StrongHash>> = { secp384r1: 'sha384', secp521r1: 'sha512' }

const hashOf = ({ asymmetricKeyDetails }: KeyObject): StrongHash =>
  hashOfCurve[asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256'

function readPair(key: SigningKey): { privateKey: KeyObject; certificate: X509Certificate } {
  try {
    const certificate = new X509Certificate(normaliseCertificate(key.certificate))
    return { privateKey: createPrivateKey(normalisePrivateKey(key.privateKey)), certificate }
  } catch {
    // No cause: an error about a private key stays here.
    throw new ElmoError('ELMO_CERTIFICATE', 'The signing key or its certificate cannot be read.')
  }
}

/**
 * Whether `signElmo` will take this key: to be asked when a program starts, and not at the first student.
 * @throws {ElmoError} as `keyFileSigner`
 */
export function checkSigningKey(key: SigningKey): void {
  keyFileSigner(key)
}
