import { ElmoError } from '../elmo-error.js'
import { dsigNamespace } from '../xml/xml-names.js'

export { dsigNamespace }

/** Spec: XML Signature 1.1, 6.5 and 6.6. */
export const transformUri = {
  enveloped: `${dsigNamespace}enveloped-signature`,
  inclusive: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
} as const

/** Who computes canonical form and digest: this library, or xml-crypto, its judge. */
export type SignatureEngine = 'fast' | 'reference'

export type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512'

export interface SignatureAlgorithm {
  readonly keyType: 'rsa' | 'ec'
  readonly hash: Hash
}

const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const encryption = 'http://www.w3.org/2001/04/xmlenc#'

/** What is accepted; nothing else is, whatever a library could do. Spec: RFC 9231, 2.3. */
const signatureAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  [`${dsigNamespace}rsa-sha1`, { keyType: 'rsa', hash: 'sha1' }],
  [`${more}rsa-sha256`, { keyType: 'rsa', hash: 'sha256' }],
  [`${more}rsa-sha384`, { keyType: 'rsa', hash: 'sha384' }],
  [`${more}rsa-sha512`, { keyType: 'rsa', hash: 'sha512' }],
  [`${more}ecdsa-sha1`, { keyType: 'ec', hash: 'sha1' }],
  [`${more}ecdsa-sha256`, { keyType: 'ec', hash: 'sha256' }],
  [`${more}ecdsa-sha384`, { keyType: 'ec', hash: 'sha384' }],
  [`${more}ecdsa-sha512`, { keyType: 'ec', hash: 'sha512' }],
])

const digestAlgorithms: ReadonlyMap<string, Hash> = new Map([
  [`${dsigNamespace}sha1`, 'sha1'],
  [`${encryption}sha256`, 'sha256'],
  [`${more}sha384`, 'sha384'],
  [`${encryption}sha512`, 'sha512'],
])

/** The URI of an accepted algorithm. Spec: RFC 9231, 2.3. */
export const signatureUri = (keyType: SignatureAlgorithm['keyType'], hash: Exclude<Hash, 'sha1'>): string =>
  `${more}${keyType === 'rsa' ? 'rsa' : 'ecdsa'}-${hash}`

export const sha256Uri = `${encryption}sha256`

export interface AcceptedAlgorithms {
  readonly signature: SignatureAlgorithm
  readonly digest: Hash
  readonly usesSha1: boolean
}

/**
 * The algorithms behind two names. SHA-1 passes where the caller allows it.
 * @throws {ElmoError} ELMO_SIGNATURE_WEAK
 */
export function acceptAlgorithms(signatureUri: string, digestUri: string, sha1Allowed: boolean): AcceptedAlgorithms {
  const signature = signatureAlgorithms.get(signatureUri)
  const digest = digestAlgorithms.get(digestUri)
  if (signature === undefined || digest === undefined) {
    throw new ElmoError('ELMO_SIGNATURE_WEAK', 'The signature or digest algorithm is not among the accepted ones.')
  }
  const usesSha1 = signature.hash === 'sha1' || digest === 'sha1'
  if (usesSha1 && !sha1Allowed) throw new ElmoError('ELMO_SIGNATURE_WEAK', 'The signature rests on SHA-1.')
  return { signature, digest, usesSha1 }
}
