import { createHash, X509Certificate } from 'node:crypto'
import { ElmoError } from '../elmo-error.js'
import { canonicalBytes, canonicalChunks } from '../xml/canonical-chunks.js'
import { remembered } from '../remembered.js'
import { escapeText } from '../xml/escape-xml.js'
import { scanXml } from '../xml/scan-xml.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { nodeKind } from '../xml/xml-tape.js'
import { describeCertificate, normaliseCertificate } from './certificate.js'
import { signedInfoNode } from './check-signature.js'
import { keyFileSigner, type ElmoSigner, type SigningKey } from './elmo-signer.js'
import { signByXmlCrypto } from './sign-by-xml-crypto.js'
import { dsigNamespace, sha256Uri, transformUri, type SignatureEngine } from './signature-algorithms.js'

/**
 * Signs a whole document as the peers do who verify strictly: enveloped, inclusive canonicalisation, a SHA-256 digest,
 * subject and certificate in KeyInfo; RSA-SHA256, or ECDSA where the key is one. All bytes of the document stay as they
 * are; the signature is put in as the last child of the root.
 *
 * Spec: XML Signature 1.1; ELMO 1.7.0 schema.xsd, annotation of ds:Signature.
 * @throws {ElmoError} those of `keyFileSigner`; ELMO_SIGNATURE_STRUCTURE when the root holds a signature already,
 * ELMO_NOT_ELMO when the root is empty, and the codes of parseXml
 */
export function signElmo(xml: Uint8Array, key: SigningKey, { engine = 'fast' }: SigningOptions = {}): Uint8Array {
  const signer = keyFileSigner(key)
  const tape = scanUnsigned(xml)
  if (engine === 'reference') return insert(tape, signByXmlCrypto(tape, signer, keyInfoContent(signer.certificate)))
  const { toSign, finish } = prepare(tape, signer)
  return finish(signer.signNow(toSign))
}

export interface SigningOptions {
  /** As in `VerificationPolicy`. Both engines write the same bytes for the same value of the signer. */
  readonly engine?: SignatureEngine
}

/**
 * As `signElmo`, with a signer that takes its time: a hardware module, a service.
 *
 * Spec: as signElmo.
 * @throws {ElmoError} as `signElmo` (the promise rejects); what the signer throws passes on
 */
export async function signElmoWith(xml: Uint8Array, signer: ElmoSigner): Promise<Uint8Array> {
  const { toSign, finish } = prepare(scanUnsigned(xml), signer)
  return finish(await signer.sign(toSign))
}

interface Unsigned {
  /** Canonical SignedInfo. */
  readonly toSign: Uint8Array
  readonly finish: (value: Uint8Array) => Uint8Array
}

function prepare(tape: ScannedXml, { certificate, algorithm }: Omit<ElmoSigner, 'sign'>): Unsigned {
  const hash = createHash('sha256')
  for (const chunk of canonicalChunks(tape, tape.root)) hash.update(chunk)
  const open = `<Signature xmlns="${dsigNamespace}">${signedInfoXml(algorithm, hash.digest('base64'))}`
  return {
    toSign: canonicalSignedInfo(tape, open),
    finish: (value) => {
      const base64 = Buffer.from(value).toString('base64')
      const keyInfo = `<KeyInfo>${keyInfoContent(certificate)}</KeyInfo>`
      return insert(tape, `${open}<SignatureValue>${base64}</SignatureValue>${keyInfo}</Signature>`)
    },
  }
}

/** The document with a signature as the last child of its root. */
function insert(tape: ScannedXml, signature: string): Uint8Array {
  const { bytes, root } = tape
  const endTag = bytes.lastIndexOf('</', tape.end(root))
  return Buffer.concat([bytes.subarray(0, endTag), Buffer.from(signature), bytes.subarray(endTag)])
}

function scanUnsigned(xml: Uint8Array): ScannedXml {
  const tape = scanXml(xml)
  const { root } = tape
  for (let child = root + 1; child < tape.next(root); child = tape.next(child)) {
    if (tape.kind(child) !== nodeKind.element || tape.name(child).namespace !== dsigNamespace) continue
    throw new ElmoError('ELMO_SIGNATURE_STRUCTURE', 'The document is signed already.')
  }
  if (tape.isSelfClosing(root)) throw new ElmoError('ELMO_NOT_ELMO', 'The document is empty.')
  return tape
}

const signedInfoXml = (algorithm: string, digest: string): string =>
  `<SignedInfo><CanonicalizationMethod Algorithm="${transformUri.inclusive}"/><SignatureMethod Algorithm="${algorithm}"/>` +
  `<Reference URI=""><Transforms><Transform Algorithm="${transformUri.enveloped}"/></Transforms>` +
  `<DigestMethod Algorithm="${sha256Uri}"/><DigestValue>${digest}</DigestValue></Reference></SignedInfo>`

/** Canonical form takes namespaces and `xml:` attributes from the root, so SignedInfo is read inside it. */
function canonicalSignedInfo(tape: ScannedXml, signature: string): Buffer {
  const { root, bytes } = tape
  const surrounded = Buffer.concat([
    bytes.subarray(tape.start(root), tape.contentStart(root)),
    Buffer.from(`${signature}</Signature></${tape.writtenName(root)}>`),
  ])
  const context = scanXml(surrounded)
  return canonicalBytes(context, signedInfoNode(context, context.root + 1))
}

/** Some verifiers fail on an empty subject, so none is written then. */
const keyInfoContent = remembered(
  (certificate) => {
    const subject = describeCertificate(certificate)?.subject ?? ''
    const subjectName = subject === '' ? '' : `<X509SubjectName>${escapeText(subject)}</X509SubjectName>`
    const der = new X509Certificate(normaliseCertificate(certificate)).raw.toString('base64')
    return `<X509Data>${subjectName}<X509Certificate>${der}</X509Certificate></X509Data>`
  },
  { maxEntries: 16, maxLength: 64 * 1024 },
)
