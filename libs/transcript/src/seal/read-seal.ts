import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'

/** A key and the certificate that names whose it is, followed by those that vouch for it. */
export interface Seal {
  readonly key: KeyObject
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]]
}

/**
 * Reads what transcripts are sealed with.
 *
 * @param pem a private key (RSA, or elliptic curve), and its certificate, which others may follow up to the root; PEM both.
 * @throws {Error} one of them cannot be read, they do not belong together, or no seal is made with this kind of key
 */
export function readSeal(pem: { readonly privateKey: string; readonly certificate: string }): Seal {
  const key = parsed('The private key of the seal', () => createPrivateKey(pem.privateKey))
  const blocks = pem.certificate.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
  const [own, ...others] = parsed('The certificate of the seal', () => blocks.map((one) => new X509Certificate(one)))
  if (own === undefined) throw new Error('The certificate of the seal cannot be read.')
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec')
    throw new Error('A seal is made with an RSA or elliptic curve key.')
  if (!own.checkPrivateKey(key))
    throw new Error('The private key and the certificate of the seal do not belong together.')
  return { key, certificates: [own, ...others] }
}

function parsed<Result>(what: string, parse: () => Result): Result {
  try {
    return parse()
  } catch {
    // The cause may quote the key.
    throw new Error(`${what} cannot be read.`)
  }
}
