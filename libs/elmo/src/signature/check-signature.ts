import { createHash, type KeyObject } from 'node:crypto'
import { canonicalBytes, canonicalChunks, type Canonicalization } from '../xml/canonical-chunks.js'
import type { ScannedXml } from '../xml/scanned-xml.js'
import { nodeKind } from '../xml/xml-tape.js'
import { valueHolds, type CheckedSignature } from './checked-signature.js'
import type { CanonicalizationFacts, SignatureFacts } from './read-signature.js'
import { dsigNamespace, transformUri, type AcceptedAlgorithms } from './signature-algorithms.js'

/** How many bytes are hashed before others may have the processor. */
const sliceBytes = 2 * 1024 * 1024

/**
 * Checks a signature whose structure was found to be the accepted one, with these keys and no others: KeyInfo is not
 * looked at. Yields between slices of a large document.
 *
 * Spec: XML Signature 1.1, 3.2.
 */
export function* checkSignature(
  tape: ScannedXml,
  signature: SignatureFacts,
  algorithms: AcceptedAlgorithms,
  keys: readonly [KeyObject, ...KeyObject[]],
): Generator<void, CheckedSignature, undefined> {
  const form = { ...canonicalizationOf(signature.documentForm), without: signature.node }
  const signedBytes = (): Buffer => canonicalBytes(tape, tape.root, form)
  const hash = createHash(algorithms.digest)
  let hashed = 0
  for (const chunk of canonicalChunks(tape, tape.root, form)) {
    hash.update(chunk)
    hashed += chunk.length
    if (hashed >= sliceBytes) {
      hashed = 0
      yield
    }
  }
  const digestHolds = hash.digest().equals(signature.digestValue)
  if (!digestHolds) return { digestHolds, signedBytes, wouldHoldWith: () => false }
  const how = canonicalizationOf(signature.canonicalization)
  const signedInfo = canonicalBytes(tape, signedInfoNode(tape, signature.node), how)
  const wouldHoldWith = (key: KeyObject): boolean => valueHolds(algorithms, key, signedInfo, signature.signatureValue)
  return { digestHolds, signer: keys.find(wouldHoldWith), signedBytes, wouldHoldWith }
}

const canonicalizationOf = ({ uri, prefixes }: CanonicalizationFacts): Canonicalization =>
  uri === transformUri.exclusive ? { exclusive: { prefixes } } : {}

/** The first element in a signature, as its structure has it. */
export function signedInfoNode(tape: ScannedXml, signature: number): number {
  let node = signature + 1
  while (tape.kind(node) !== nodeKind.element) node++
  const { localName, namespace } = tape.name(node)
  if (localName !== 'SignedInfo' || namespace !== dsigNamespace) throw new Error('A signature begins with SignedInfo.')
  return node
}
