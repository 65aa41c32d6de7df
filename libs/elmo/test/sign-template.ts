import { createHash, createPrivateKey, sign } from 'node:crypto'
import { canonicalBytes } from '../src/xml/canonical-chunks.js'
import { findRootSignature } from '../src/signature/find-root-signature.js'
import { signedInfoNode } from '../src/signature/check-signature.js'
import { scanXml } from '../src/xml/scan-xml.js'
import { signatureTemplate, type SignatureTemplate } from './signature-template.js'
import { uris } from './signed-documents.js'

/** Signs with any accepted algorithm, keeping every byte of the document; the signature is the last child of the root. */
export function signTemplate(xml: string, privateKey: string, choice: SignatureTemplate = {}): string {
  const { hash = 'sha256', digest = hash, canonicalization = uris.inclusive, transforms = [] } = choice
  const at = xml.lastIndexOf('</')
  const write = (digestValue: string, value: string): string =>
    xml.slice(0, at) + signatureTemplate(choice, digestValue, value) + xml.slice(at)
  const form = (uri?: string) => (uri === uris.exclusive ? { exclusive: { prefixes: [] } } : {})

  const undigested = scanXml(Buffer.from(write('AAAA', 'AAAA')))
  const without = findRootSignature(undigested)
  const document = canonicalBytes(undigested, undigested.root, { ...form(transforms[1]), without })
  const digestValue = createHash(digest).update(document).digest('base64')

  const digested = scanXml(Buffer.from(write(digestValue, 'AAAA')))
  const signedInfo = signedInfoNode(digested, findRootSignature(digested))
  const key = { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' } as const
  const value = sign(hash, canonicalBytes(digested, signedInfo, form(canonicalization)), key)
  return write(digestValue, value.toString('base64'))
}
