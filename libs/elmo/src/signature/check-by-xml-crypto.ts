import { createHash, type KeyObject } from 'node:crypto'
import { SignedXml } from 'xml-crypto'
import { canonicalizations } from './canonicalizations.js'
import { escapeAttribute } from '../xml/escape-xml.js'
import { parseTree, treeOf, type XmlDocument, type XmlElement } from '../xml/parse-xml.js'
import type { XmlTape } from '../xml/xml-tape.js'
import { valueHolds, type CheckedSignature } from './checked-signature.js'
import { plainMarkup } from './plain-markup.js'
import type { SignatureFacts } from './read-signature.js'
import { transformUri, type AcceptedAlgorithms } from './signature-algorithms.js'

/**
 * Has xml-crypto check a signature whose structure was found to be the accepted one, with these keys and no others:
 * KeyInfo is not looked at, and only the two algorithms named here exist for the library.
 *
 * Spec: XML Signature 1.1, 3.2.
 */
export function checkByXmlCrypto(
  bytes: Uint8Array,
  tape: XmlTape,
  signature: SignatureFacts,
  algorithms: AcceptedAlgorithms,
  keys: readonly [KeyObject, ...KeyObject[]],
): CheckedSignature {
  let holds: ((key: KeyObject) => boolean) | undefined
  let signer: KeyObject | undefined

  class GivenKeys {
    getAlgorithmName = (): string => signature.signatureAlgorithm
    getSignature = (): never => {
      throw new Error('This algorithm only verifies.')
    }
    // The library asks for this only after the digest was found to be right.
    verifySignature = (material: string, _key: unknown, value: string): boolean => {
      const [signedInfo, signatureValue] = [Buffer.from(material), Buffer.from(value, 'base64')]
      holds = (key) => valueHolds(algorithms, key, signedInfo, signatureValue)
      signer = keys.find(holds)
      return signer !== undefined
    }
  }
  class Digest {
    getAlgorithmName = (): string => signature.digestAlgorithm
    getHash = (text: string): string => createHash(algorithms.digest).update(text, 'utf8').digest('base64')
  }

  const document = parseTree(tape)
  const element = treeOf(tape, signature.node)
  const signedInfo = element.children.find((child) => typeof child !== 'string')!
  const library = new SignedXml({ publicCert: keys[0] })
  Object.assign(library, { validateReference: validateWhole })
  const context = [document.root, element]
  library.SignatureAlgorithms = { [signature.signatureAlgorithm]: GivenKeys }
  library.HashAlgorithms = { [signature.digestAlgorithm]: Digest }
  library.CanonicalizationAlgorithms = {
    [transformUri.enveloped]: library.CanonicalizationAlgorithms[transformUri.enveloped]!,
    ...canonicalizations(context, signedInfo),
  }
  let signedText: string | undefined
  try {
    library.loadSignature(standaloneSignature(bytes, document, element))
    const whole = { start: document.root.start, end: document.root.end }
    if (library.checkSignature(plainMarkup(bytes, document.sections, whole)))
      signedText = library.getSignedReferences()[0]
  } catch {
    // The library throws where a value is wrong, and its message quotes the document.
  }
  const signedBytes = (): Buffer => {
    if (signedText === undefined || signedText === '') throw new Error('The library found nothing that is signed.')
    return Buffer.from(signedText)
  }
  return { digestHolds: holds !== undefined, signer, signedBytes, wouldHoldWith: (key) => holds?.(key) ?? false }
}

/** The parts of the library that its types keep to themselves. */
interface ReferenceCheck {
  getCanonReferenceXml(document: unknown, reference: LibraryReference, root: unknown): string
  findHashAlgorithm(uri: string): { getHash(text: string): string }
}

interface LibraryReference {
  readonly digestAlgorithm: string
  readonly digestValue: string
}

/**
 * The canonical text of the only reference there may be, to the whole document, or undefined when its digest differs. All
 * work is the library's own; only the root is taken as it stands. The library finds it by listing all elements in their
 * order, which costs more than the square of their number: a minute for 25,000 elements of four bytes.
 */
function validateWhole(
  this: ReferenceCheck,
  reference: LibraryReference,
  document: { readonly documentElement: unknown },
): string | undefined {
  const text = this.getCanonReferenceXml(document, reference, document.documentElement)
  const digest = this.findHashAlgorithm(reference.digestAlgorithm).getHash(text)
  const given = Buffer.from(reference.digestValue, 'base64')
  return given.equals(Buffer.from(digest, 'base64')) ? text : undefined
}

/** The signature's own bytes, with the namespaces of the root declared on it. */
function standaloneSignature(bytes: Uint8Array, { root, sections }: XmlDocument, element: XmlElement): string {
  const nameEnd = element.start + 1 + Buffer.byteLength(element.name)
  const declarations = [...root.declarations]
    .filter(([prefix]) => !element.declarations.has(prefix))
    .map(([prefix, uri]) => ` ${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}="${escapeAttribute(uri)}"`)
  return (
    plainMarkup(bytes, sections, { start: element.start, end: nameEnd }) +
    declarations.join('') +
    plainMarkup(bytes, sections, { start: nameEnd, end: element.end })
  )
}
