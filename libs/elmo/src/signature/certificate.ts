import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto'
import { ElmoError } from '../elmo-error.js'
import { toPem } from './to-pem.js'

export interface CertificateFacts {
  /** Spec: RFC 4514. Empty when the certificate names no subject. */
  readonly subject: string
  readonly issuer: string
  /** Upper-case hexadecimal, in pairs with colons. */
  readonly sha256Fingerprint: string
  /** ISO 8601, UTC. */
  readonly notBefore: string
  readonly notAfter: string
  readonly selfSigned: boolean
  /** As Node names it: `rsa`, `ec`, … */
  readonly keyType: string
  readonly keyBits?: number
}

const armour = /-{2,}\s*BEGIN\s*([A-Z0-9 ]*?)\s*-{2,}([^-]*)-{2,}\s*END/
const bitsOfCurve: Readonly<Record<string, number>> = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }

/**
 * One PEM text, wrapped and ended as PEM should be, from what registries publish: without line breaks, with `\n`
 * written out, with CRLF, without armour, as a chain (the first certificate counts), or as a bare public key.
 *
 * Spec: RFC 7468.
 * @throws {ElmoError} ELMO_CERTIFICATE when no certificate and no public key can be read
 */
export function normaliseCertificate(text: string): string {
  const plain = text.replace(/\\[rn]/g, '\n')
  const block = armour.exec(plain)
  const base64 = (block?.[2] ?? plain).replace(/\s+/g, '')
  const isPrivate = block?.[1]?.includes('PRIVATE') ?? false
  if (!isPrivate && /^[A-Za-z0-9+/]+={0,2}$/.test(base64)) {
    const der = Buffer.from(base64, 'base64')
    const pem =
      attempt(() => toPem('CERTIFICATE', new X509Certificate(der).raw)) ??
      attempt(() => createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'pem', type: 'spki' }))
    if (pem !== undefined) return String(pem)
  }
  throw new ElmoError('ELMO_CERTIFICATE', 'Neither a certificate nor a public key.')
}

/**
 * Facts of a certificate, or undefined for a bare public key; takes what `normaliseCertificate` takes. Nothing is said about
 * whether the certificate is to be trusted.
 *
 * Spec: RFC 5280; the subject as RFC 4514.
 * @throws {ElmoError} ELMO_CERTIFICATE for any other text, and for a certificate whose key or times cannot be read
 */
export function describeCertificate(pem: string): CertificateFacts | undefined {
  const normal = normaliseCertificate(pem)
  if (normal.includes('PUBLIC KEY')) return undefined
  try {
    return factsOf(new X509Certificate(normal))
  } catch (error) {
    // Node takes a certificate without looking into its key and its times.
    throw new ElmoError(
      'ELMO_CERTIFICATE',
      'The key or the times of the certificate cannot be read.',
      {},
      { cause: error },
    )
  }
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const key = certificate.publicKey
  return {
    subject: distinguishedName(certificate.subject),
    issuer: distinguishedName(certificate.issuer),
    sha256Fingerprint: certificate.fingerprint256,
    notBefore: new Date(certificate.validFrom).toISOString(),
    notAfter: new Date(certificate.validTo).toISOString(),
    selfSigned: certificate.checkIssued(certificate) && attempt(() => certificate.verify(key)) === true,
    keyType: key.asymmetricKeyType ?? 'unknown',
    keyBits: keyBits(key),
  }
}

/** The size of an RSA key, or of an EC key on one of the curves P-256, P-384 and P-521. */
export function keyBits(key: KeyObject): number | undefined {
  const details = key.asymmetricKeyDetails
  return details?.modulusLength ?? bitsOfCurve[details?.namedCurve ?? '']
}

/** Most specific part first. Spec: RFC 4514. */
function distinguishedName(lines: string | undefined): string {
  // Node gives one part a line, escaped, in the order of the certificate; RFC 4514 starts from the end.
  return (lines ?? '').split('\n').reverse().join(',')
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
