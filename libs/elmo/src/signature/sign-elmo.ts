import { createHash } from 'node:crypto'
import { ElmoError } from '../elmo-error.js'
import { canonicalChunks } from '../xml/canonical-chunks.js'
import { scanXml } from '../xml/scan-xml.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { nodeKind } from '../xml/xml-tape.js'
import { keyFileSigner, type ElmoSigner, type SigningKey } from './elmo-signer.js'
import { keyInfoContent, prepareSignature, type PreparedSignature } from './prepare-signature.js'
import { signByXmlCrypto } from './sign-by-xml-crypto.js'
import { dsigNamespace, type SignatureEngine } from './signature-algorithms.js'

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
  const { toSign, finish } = prepareTape(tape, signer)
  return insert(tape, finish(signer.signNow(toSign)))
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
  const tape = scanUnsigned(xml)
  const { toSign, finish } = prepareTape(tape, signer)
  return insert(tape, finish(await signer.sign(toSign)))
}

function prepareTape(tape: ScannedXml, signer: Omit<ElmoSigner, 'sign'>): PreparedSignature {
  const { root, bytes } = tape
  const hash = createHash('sha256')
  for (const chunk of canonicalChunks(tape, root)) hash.update(chunk)
  const startTag = bytes.toString('utf8', tape.start(root), tape.contentStart(root))
  return prepareSignature({ startTag, name: tape.writtenName(root) }, hash.digest('base64'), signer)
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
