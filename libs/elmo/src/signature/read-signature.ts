import { ElmoError } from '../elmo-error.js'
import { treeOf, type XmlElement } from '../xml/parse-xml.js'
import { nodeKind, type XmlTape } from '../xml/xml-tape.js'
import { dsigNamespace, transformUri } from './signature-algorithms.js'

/** A canonicalisation without comments, by its URI. */
export interface CanonicalizationFacts {
  readonly uri: string
  /** The prefixes that an exclusive one treats like an inclusive one ('' = default). */
  readonly prefixes: readonly string[]
}

/** What a signature says about itself, after its structure was found to be the only one that is accepted. */
export interface SignatureFacts {
  /** Its place on the tape. */
  readonly node: number
  readonly element: XmlElement
  readonly signedInfo: XmlElement
  readonly canonicalization: CanonicalizationFacts
  readonly signatureAlgorithm: string
  readonly digestAlgorithm: string
  /** What follows the enveloped-signature transform; inclusive where nothing does. */
  readonly documentForm: CanonicalizationFacts
  readonly transforms: readonly string[]
  readonly digestValue: Buffer
  readonly signatureValue: Buffer
  /** Base64 of the first certificate in KeyInfo. A hint: nothing may be trusted because of it. */
  readonly embeddedCertificate?: string
}

/**
 * Reads a signature that has exactly this form: SignedInfo with one Reference to the whole document, transformed by
 * `enveloped` and at most one canonicalisation without comments; a SignatureValue; at most one KeyInfo; no Object, no
 * comment, no CDATA, no attribute beyond those of the specification.
 *
 * Spec: XML Signature 1.1, 4.
 * @throws {ElmoError} ELMO_SIGNATURE_STRUCTURE
 */
export function readSignature(tape: XmlTape, node: number): SignatureFacts {
  const element = treeOf(tape, node)
  if (hasSections(tape, node)) throw refused('The signature holds a comment or a CDATA section', element)
  allow(element, 'Id')
  const [signedInfo, value, keyInfo] = children(element, ['SignedInfo', 'SignatureValue'], 'KeyInfo')
  allow(signedInfo, 'Id')
  const [c14n, method, reference] = children(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'])
  allow(reference, 'Id', 'Type', 'URI')
  if (attribute(reference, 'URI') !== '') throw refused('The reference is not to the whole document', reference)
  const [transformList, digestMethod, digestValue] = children(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  allow(transformList)
  const transformElements = children(transformList, ['Transform'], 'Transform')
  const transforms = transformElements.map(algorithm)
  const [, documentForm] = transformElements
  const rightOrder = transforms[0] === transformUri.enveloped && transforms.slice(1).every(isCanonicalization)
  if (!rightOrder) throw refused('The transforms are not the accepted ones', transformList)
  const canonicalization = algorithm(c14n)
  if (!isCanonicalization(canonicalization)) throw refused('The canonicalisation is not an accepted one', c14n)
  allow(value, 'Id')
  allow(digestValue)
  return {
    node,
    element,
    signedInfo,
    canonicalization: { uri: canonicalization, prefixes: prefixList(c14n) },
    signatureAlgorithm: algorithm(method),
    digestAlgorithm: algorithm(digestMethod),
    transforms,
    documentForm:
      documentForm === undefined
        ? { uri: transformUri.inclusive, prefixes: [] }
        : { uri: algorithm(documentForm), prefixes: prefixList(documentForm) },
    digestValue: base64Of(digestValue),
    signatureValue: base64Of(value),
    embeddedCertificate: keyInfo && firstCertificate(keyInfo),
  }
}

/** White space as XML knows it; a no-break space, say, is text. */
const isBlank = (text: string): boolean => /^[ \t\r\n]*$/.test(text)

const isCanonicalization = (uri: string): boolean => uri === transformUri.inclusive || uri === transformUri.exclusive

/** The child elements, which must be these in this order, and perhaps one more. */
function children<const N extends readonly string[]>(
  parent: XmlElement,
  names: N,
  optional?: string,
): [...{ [I in keyof N]: XmlElement }, ...XmlElement[]] {
  const elements = parent.children.filter((child) => typeof child !== 'string')
  const expected = elements.length === names.length || optional === undefined ? names : [...names, optional]
  const fits =
    elements.length === expected.length &&
    elements.every((child, i) => child.localName === expected[i] && child.namespace === dsigNamespace) &&
    parent.children.every((child) => typeof child !== 'string' || isBlank(child))
  if (!fits) throw refused(`${parent.localName} has other content than expected`, parent)
  return elements as [...{ [I in keyof N]: XmlElement }, ...XmlElement[]]
}

const attribute = (element: XmlElement, name: string): string | undefined =>
  element.attributes.find((a) => a.name === name)?.value

function allow(element: XmlElement, ...names: string[]): void {
  if (element.attributes.every((a) => names.includes(a.name))) return
  throw refused(`${element.localName} has an unexpected attribute`, element)
}

/** The name of an algorithm; its only accepted parameter is the prefix list of exclusive canonicalisation. */
function algorithm(element: XmlElement): string {
  allow(element, 'Algorithm')
  const uri = attribute(element, 'Algorithm')
  const isPrefixList = (child: XmlElement | string): boolean =>
    typeof child === 'string'
      ? isBlank(child)
      : uri === transformUri.exclusive && child.localName === 'InclusiveNamespaces' && child.namespace === uri
  const parameters = element.children.filter((child) => typeof child !== 'string')
  if (uri === undefined || parameters.length > 1 || !element.children.every(isPrefixList)) {
    throw refused(`${element.localName} names no algorithm, or has parameters`, element)
  }
  return uri
}

/** Spec: Exclusive XML Canonicalization 1.0, 3. */
function prefixList({ children }: XmlElement): string[] {
  const lists = children.flatMap((child) => (typeof child === 'string' ? [] : (attribute(child, 'PrefixList') ?? '')))
  const prefixes = lists.flatMap((list) => list.split(/[ \t\r\n]+/)).filter((prefix) => prefix !== '')
  return prefixes.map((prefix) => (prefix === '#default' ? '' : prefix))
}

function hasSections(tape: XmlTape, signature: number): boolean {
  for (let node = signature; node < tape.next(signature); node++) {
    if (tape.kind(node) === nodeKind.comment || tape.kind(node) === nodeKind.cdata) return true
  }
  return false
}

function base64Of(element: XmlElement): Buffer {
  const text = element.children.map((child) => (typeof child === 'string' ? child : '<')).join('')
  const digits = text.replace(/[ \t\r\n]+/g, '')
  // No key of any size in use needs more; the pattern need not meet megabytes.
  if (digits.length > 8192 || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    throw refused(`${element.localName} is not base64`, element)
  }
  return Buffer.from(digits, 'base64')
}

/** Names that may stand in one place of a signature only; inside KeyInfo they could mislead a reader. */
const structural = new Set(['Signature', 'SignedInfo', 'SignatureValue', 'Reference', 'Object', 'Manifest'])

function firstCertificate(keyInfo: XmlElement): string | undefined {
  let certificate: string | undefined
  const toVisit: XmlElement[] = [keyInfo]
  // The list grows while it is walked.
  for (const element of toVisit) {
    if (structural.has(element.localName)) throw refused('KeyInfo holds a part of a signature', element)
    if (element.localName === 'X509Certificate' && element.namespace === dsigNamespace) {
      certificate ??= element.children.filter((child) => typeof child === 'string').join('')
    }
    for (const child of element.children) if (typeof child !== 'string') toVisit.push(child)
  }
  return certificate
}

function refused(message: string, { line, column }: XmlElement): ElmoError {
  return new ElmoError('ELMO_SIGNATURE_STRUCTURE', `${message}.`, { line, column })
}
