import { createHash, type KeyObject } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import { SignedXml, type NamespacePrefix } from 'xml-crypto'
import { demand } from '../saml-refusal.js'
import { attributeOf } from '../xml/elements.js'
import { namespaces } from '../xml/namespaces.js'
import { parseStrict, type StrictDocument } from '../xml/parse-strict.js'
import type { XmlLimits } from '../xml/xml-limits.js'
import { acceptKey } from './accept-key.js'
import { digestUris, signatureUris, valueHolds } from './algorithms.js'
import { checkStructure, envelopedUri, type SignatureFacts, type SignaturePolicy } from './check-structure.js'
import { exclusiveCanonicalization } from './exclusive-canonicalization.js'

/**
 * Verifies the signature that is a direct child of `element`, and gives back a new document parsed from the bytes that
 * were signed: whoever reads only this reads nothing unsigned. `element` must be of the tree of `document`. Keys are those
 * of the metadata of one entity; KeyInfo is not looked at. `limits` are those of messages unless others are given.
 *
 * Spec: SAML 2.0 Core, 5.4; XML Signature 1.1, 3.2.
 * @throws {SamlRefusal} a detail of SignatureDetail
 */
export function verifySignature(
  document: StrictDocument,
  element: Element,
  keys: readonly KeyObject[],
  policy: SignaturePolicy,
  limits?: Partial<XmlLimits>,
): StrictDocument {
  const facts = checkStructure(element, policy)
  for (const key of keys) acceptKey(key, policy.minRsaBits)
  const signed = signedText(document.text, facts, keys)
  demand(signed !== undefined, 'sig-invalid')
  return acceptSigned(signed, element, limits)
}

/**
 * Parses the text that was signed. It must be of the element that was looked at before: one parser saw this, another
 * decided what was signed.
 * @throws {SamlRefusal} `c14n`, `ref-uri`, a detail of XmlDetail
 */
export function acceptSigned(signed: string, element: Element, limits?: Partial<XmlLimits>): StrictDocument {
  demand(signed !== '', 'c14n')
  const trusted = parseStrict(signed, limits)
  demand(isSameElement(trusted.root, element), 'ref-uri')
  return trusted
}

const isSameElement = (signed: Element, seen: Element): boolean =>
  signed.localName === seen.localName &&
  signed.namespaceURI === seen.namespaceURI &&
  attributeOf(signed, 'ID') === attributeOf(seen, 'ID')

/** The canonical text that one of the keys signed, or undefined. */
function signedText(xml: string, facts: SignatureFacts, keys: readonly KeyObject[]): string | undefined {
  const [first] = keys
  if (first === undefined) return undefined
  class GivenKeys {
    getAlgorithmName = () => signatureUris[facts.algorithm]
    getSignature = (): never => {
      throw new Error('This algorithm only verifies.')
    }
    verifySignature = (material: string, _key: unknown, value: string): boolean => {
      const [data, bytes] = [Buffer.from(material), Buffer.from(value, 'base64')]
      return keys.some((key) => valueHolds(facts.algorithm, key, data, bytes))
    }
  }
  class Digest {
    getAlgorithmName = () => digestUris[facts.digest]
    getHash = (text: string) => createHash(facts.digest).update(text, 'utf8').digest('base64')
  }
  const library = new SignedXml({ publicCert: first, getCertFromKeyInfo: () => null })
  // No other attribute names what is signed; for each that does, the library walks through the whole document.
  library.idAttributes = ['ID']
  const enveloped = library.CanonicalizationAlgorithms[envelopedUri]!
  library.SignatureAlgorithms = { [signatureUris[facts.algorithm]]: GivenKeys as never }
  library.HashAlgorithms = { [digestUris[facts.digest]]: Digest }
  library.CanonicalizationAlgorithms = {
    [envelopedUri]: enveloped,
    [namespaces.exclusive]: exclusiveCanonicalization(namespacesAround(facts.signedInfo)),
  }
  try {
    // The types of the two parsers are two, though the library reads the trees of both.
    library.loadSignature(facts.element as unknown as Parameters<SignedXml['loadSignature']>[0])
    if (!library.checkSignature(xml)) return undefined
  } catch {
    // The library throws where a value is wrong, and its message quotes the document.
    return undefined
  }
  const [text, ...more] = library.getSignedReferences()
  return more.length === 0 ? text : undefined
}

/** Namespaces in scope around an element, those that it declares itself left out. */
function namespacesAround(element: Element): NamespacePrefix[] {
  const found = new Map<string, string>()
  const own = new Set(declarationsOf(element).map(({ prefix }) => prefix))
  for (let node = element.parentNode; node?.nodeType === 1; node = node.parentNode)
    for (const { prefix, namespaceURI } of declarationsOf(node as Element))
      if (!own.has(prefix) && !found.has(prefix)) found.set(prefix, namespaceURI)
  return [...found].map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }))
}

function declarationsOf(element: Element): NamespacePrefix[] {
  const declarations: NamespacePrefix[] = []
  for (let index = 0; index < element.attributes.length; index += 1) {
    const { prefix, localName, namespaceURI, value } = element.attributes.item(index)!
    if (namespaceURI === 'http://www.w3.org/2000/xmlns/')
      declarations.push({ prefix: prefix === 'xmlns' ? localName! : '', namespaceURI: value })
  }
  return declarations
}
