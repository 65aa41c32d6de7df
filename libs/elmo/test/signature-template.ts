import { uris, type Hash } from './signed-documents.js'

export interface SignatureTemplate {
  readonly keyType?: 'rsa' | 'ecdsa'
  readonly hash?: Hash
  readonly digest?: Hash
  readonly canonicalization?: string
  readonly transforms?: readonly string[]
  readonly prefix?: string
  /** Names for the prefix lists of exclusive canonicalisation. */
  readonly prefixList?: string
  /** Further declarations on the signature, as written. */
  readonly declarations?: string
  /** White space between the parts of the signature. */
  readonly space?: string
  readonly keyInfo?: string
}

/** A signature for somebody else to fill in; the value and the digest are empty unless they are given. */
export function signatureTemplate(choice: SignatureTemplate, digestValue = '', signatureValue = ''): string {
  const { keyType = 'rsa', hash = 'sha256', digest = hash, prefix = '', prefixList = '', space = '' } = choice
  const { canonicalization = uris.inclusive, transforms = [uris.enveloped], declarations = '' } = choice
  const p = prefix === '' ? '' : `${prefix}:`
  const list = (uri: string): string =>
    uri === uris.exclusive && prefixList !== ''
      ? `<ec:InclusiveNamespaces xmlns:ec="${uri}" PrefixList="${prefixList}"/>`
      : ''
  const transformList = transforms
    .map((uri) => `<${p}Transform Algorithm="${uri}">${list(uri)}</${p}Transform>`)
    .join(space)
  const keyInfo = choice.keyInfo === undefined ? '' : `<${p}KeyInfo>${choice.keyInfo}</${p}KeyInfo>`
  return [
    `<${p}Signature xmlns${prefix && `:${prefix}`}="${uris.dsig}"${declarations}>`,
    `<${p}SignedInfo>`,
    `<${p}CanonicalizationMethod Algorithm="${canonicalization}">${list(canonicalization)}</${p}CanonicalizationMethod>`,
    `<${p}SignatureMethod Algorithm="${uris.signature(keyType, hash)}"/>`,
    `<${p}Reference URI="">`,
    `<${p}Transforms>${transformList}</${p}Transforms>`,
    `<${p}DigestMethod Algorithm="${uris.digest[digest]}"/>`,
    `<${p}DigestValue>${digestValue}</${p}DigestValue>`,
    `</${p}Reference>`,
    `</${p}SignedInfo>`,
    `<${p}SignatureValue>${signatureValue}</${p}SignatureValue>`,
    keyInfo,
    `</${p}Signature>`,
  ].join(space)
}
