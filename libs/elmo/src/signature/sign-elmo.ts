import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { canonicalizations, type ContextElement } from './canonicalizations.js'
import { describeCertificate, keyBits, normaliseCertificate } from './certificate.js'
import { ElmoError } from '../elmo-error.js'
import { escapeText } from '../xml/escape-xml.js'
import { normalisePrivateKey } from './normalise-private-key.js'
import { parseXml, type XmlElement } from '../xml/parse-xml.js'
import { plainMarkup } from './plain-markup.js'
import { dsigNamespace, rsaSha256Uri, sha256Uri, transformUri } from './signature-algorithms.js'

/** PEM texts. */
export interface SigningKey {
  /** RSA, 2048 bits or more. */
  readonly privateKey: string
  /** The certificate of that key; of a chain the first counts. */
  readonly certificate: string
}

/**
 * Signs a whole document as the peers do who verify strictly: enveloped, inclusive canonicalisation, RSA-SHA256 over a
 * SHA-256 digest, subject and certificate in KeyInfo. All bytes of the document stay as they are; the signature is put
 * in as the last child of the root.
 *
 * Spec: XML Signature 1.1; ELMO 1.7.0 schema.xsd, annotation of ds:Signature.
 * @throws {ElmoError} ELMO_CERTIFICATE when key and certificate cannot be read or do not belong together,
 * ELMO_SIGNATURE_WEAK for another key than RSA from 2048 bits, ELMO_SIGNATURE_STRUCTURE when the root holds a signature
 * already, ELMO_NOT_ELMO when the root is empty, and the codes of parseXml
 */
export function signElmo(xml: Uint8Array, key: SigningKey): Uint8Array {
  const { privateKey, certificate } = readSigningKey(key)
  const { root, sections } = parseXml(xml)
  const bytes = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength)
  const isSigned = root.children.some((child) => typeof child !== 'string' && child.namespace === dsigNamespace)
  if (isSigned) throw new ElmoError('ELMO_SIGNATURE_STRUCTURE', 'The document is signed already.')
  if (bytes[root.end - 2] === '/'.charCodeAt(0)) throw new ElmoError('ELMO_NOT_ELMO', 'The document is empty.')

  const library = new SignedXml({
    privateKey,
    signatureAlgorithm: rsaSha256Uri,
    canonicalizationAlgorithm: transformUri.inclusive,
    getKeyInfoContent: () => keyInfo(certificate),
  })
  Object.assign(library.CanonicalizationAlgorithms, canonicalizations(contextIn(root), signedInfo))
  library.addReference({
    xpath: '/*',
    isEmptyUri: true,
    transforms: [transformUri.enveloped],
    digestAlgorithm: sha256Uri,
  })
  library.computeSignature(plainMarkup(xml, sections, root))
  const endTag = bytes.lastIndexOf('</', root.end)
  return Buffer.concat([bytes.subarray(0, endTag), Buffer.from(library.getSignatureXml()), bytes.subarray(endTag)])
}

const noNames = { attributes: [], declarations: new Map<string, string>() }
const signedInfo: ContextElement = { name: 'SignedInfo', ...noNames }

const contextIn = (root: XmlElement): ContextElement[] => [
  root,
  { name: 'Signature', attributes: [], declarations: new Map([['', dsigNamespace]]) },
]

/**
 * Whether `signElmo` will take this key: to be asked when a program starts, and not at the first student.
 * @throws {ElmoError} ELMO_CERTIFICATE when key and certificate cannot be read or do not belong together,
 * ELMO_SIGNATURE_WEAK for another key than RSA from 2048 bits
 */
export function checkSigningKey(key: SigningKey): void {
  readSigningKey(key)
}

function readSigningKey(key: SigningKey): { privateKey: KeyObject; certificate: X509Certificate } {
  const { privateKey, certificate } = readPair(key)
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new ElmoError('ELMO_CERTIFICATE', 'The certificate is not that of the signing key.')
  }
  if (privateKey.asymmetricKeyType !== 'rsa' || (keyBits(privateKey) ?? 0) < 2048) {
    throw new ElmoError('ELMO_SIGNATURE_WEAK', 'The signing key must be RSA of 2048 bits or more.')
  }
  return { privateKey, certificate }
}

function readPair(key: SigningKey): { privateKey: KeyObject; certificate: X509Certificate } {
  try {
    const certificate = new X509Certificate(normaliseCertificate(key.certificate))
    return { privateKey: createPrivateKey(normalisePrivateKey(key.privateKey)), certificate }
  } catch {
    // No cause: an error about a private key stays here.
    throw new ElmoError('ELMO_CERTIFICATE', 'The signing key or its certificate cannot be read.')
  }
}

/** Some verifiers fail on an empty subject, so none is written then. */
function keyInfo(certificate: X509Certificate): string {
  const subject = describeCertificate(certificate.toString())?.subject ?? ''
  const subjectName = subject === '' ? '' : `<X509SubjectName>${escapeText(subject)}</X509SubjectName>`
  return `<X509Data>${subjectName}<X509Certificate>${certificate.raw.toString('base64')}</X509Certificate></X509Data>`
}
