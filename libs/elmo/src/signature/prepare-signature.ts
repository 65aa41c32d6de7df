import { X509Certificate } from 'node:crypto'
import { remembered } from '../remembered.js'
import { canonicalBytes } from '../xml/canonical-chunks.js'
import { escapeText } from '../xml/escape-xml.js'
import { scanXml } from '../xml/scan-xml.js'
import { describeCertificate, normaliseCertificate } from './certificate.js'
import { signedInfoNode } from './check-signature.js'
import type { ElmoSigner } from './elmo-signer.js'
import { dsigNamespace, sha256Uri, transformUri } from './signature-algorithms.js'

/** The element that a signature is put into. */
export interface SignedRoot {
  readonly startTag: string
  /** As it is written. */
  readonly name: string
}

export interface PreparedSignature {
  /** Canonical SignedInfo. */
  readonly toSign: Uint8Array
  /** The signature, from its value. */
  readonly finish: (value: Uint8Array) => string
}

/** A signature over a document with that SHA-256 digest in base64, of its canonical form. */
export function prepareSignature(
  { startTag, name }: SignedRoot,
  digest: string,
  { certificate, algorithm }: Omit<ElmoSigner, 'sign'>,
): PreparedSignature {
  const open = `<Signature xmlns="${dsigNamespace}">`
  const signedInfo = signedInfoXml(algorithm)
  return {
    toSign: Buffer.from(
      withDigest(canonicalSignedInfo(`${startTag}${open}${signedInfo}</Signature></${name}>`), digest),
    ),
    finish: (value) => {
      const signatureValue = `<SignatureValue>${Buffer.from(value).toString('base64')}</SignatureValue>`
      const keyInfo = `<KeyInfo>${keyInfoContent(certificate)}</KeyInfo>`
      return `${open}${withDigest(signedInfo, digest)}${signatureValue}${keyInfo}</Signature>`
    },
  }
}

const signedInfoXml = (algorithm: string): string =>
  `<SignedInfo><CanonicalizationMethod Algorithm="${transformUri.inclusive}"/><SignatureMethod Algorithm="${algorithm}"/>` +
  `<Reference URI=""><Transforms><Transform Algorithm="${transformUri.enveloped}"/></Transforms>` +
  `<DigestMethod Algorithm="${sha256Uri}"/><DigestValue></DigestValue></Reference></SignedInfo>`

const withDigest = (signedInfo: string, digest: string): string =>
  signedInfo.replace('<DigestValue>', `<DigestValue>${digest}`)

/**
 * SignedInfo in its canonical form, from a document that holds nothing but the signature: it takes namespaces and `xml:`
 * attributes from the root. It is the same for all documents with the same root but for the digest, which is left out.
 */
const canonicalSignedInfo = remembered(
  (xml) => {
    const context = scanXml(Buffer.from(xml))
    return canonicalBytes(context, signedInfoNode(context, context.root + 1)).toString()
  },
  { maxEntries: 16, maxLength: 4096 },
)

/** Some verifiers fail on an empty subject, so none is written then. */
export const keyInfoContent = remembered(
  (certificate) => {
    const subject = describeCertificate(certificate)?.subject ?? ''
    const subjectName = subject === '' ? '' : `<X509SubjectName>${escapeText(subject)}</X509SubjectName>`
    const der = new X509Certificate(normaliseCertificate(certificate)).raw.toString('base64')
    return `<X509Data>${subjectName}<X509Certificate>${der}</X509Certificate></X509Data>`
  },
  { maxEntries: 16, maxLength: 64 * 1024 },
)
