export interface CertificateFacts {
  readonly subject: string
  readonly issuer: string
  readonly sha256Fingerprint: string
  readonly notBefore: string
  readonly notAfter: string
  readonly selfSigned: boolean
  readonly keyType: string
  readonly keyBits?: number
}
/** One PEM text from what registries publish: no line breaks, literal \n, CRLF, no armour, a chain (the first counts), a bare public key. @throws {ElmoError} ELMO_CERTIFICATE */
export function normaliseCertificate(text: string): string {
  throw new Error('not built yet')
}
/** Facts of a certificate, or undefined for a bare public key. */
export function describeCertificate(pem: string): CertificateFacts | undefined {
  throw new Error('not built yet')
}
