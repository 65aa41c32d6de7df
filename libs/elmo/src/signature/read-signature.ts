import { ElmoError } from '../elmo-error.js'
import type { XmlDocument, XmlElement } from '../xml/parse-xml.js'
import { dsigNamespace, transformUri } from './signature-algorithms.js'

/** What a signature says about itself, after its structure was found to be the only one that is accepted. */
export interface SignatureFacts {
  readonly element: XmlElement
  readonly signedInfo: XmlElement
  readonly canonicalization: string
  readonly signatureAlgorithm: string
  readonly digestAlgorithm: string
  readonly transforms: readonly string[]
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
export function readSignature(element: XmlElement, { sections }: XmlDocument): SignatureFacts {
  const inside = sections.some((section) => section.start > element.start && section.end < element.end)
  if (inside) throw refused('The signature holds a comment or a CDATA section', element)
  allow(element, 'Id')
  const [signedInfo, value, keyInfo] = children(element, ['SignedInfo', 'SignatureValue'], 'KeyInfo')
  allow(signedInfo, 'Id')
  const [c14n, method, reference] = children(signedInfo, ['CanonicalizationMethod', 'SignatureMethod', 'Reference'])
  allow(reference, 'Id', 'Type', 'URI')
  if (attribute(reference, 'URI') !== '') throw refused('The reference is not to the whole document', reference)
  const [transformList, digestMethod, digestValue] = children(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  allow(transformList)
  const transforms = children(transformList, ['Transform'], 'Transform').map(algorithm)
  const rightOrder = transforms[0] === transformUri.enveloped && transforms.slice(1).every(isCanonicalization)
  if (!rightOrder) throw refused('The transforms are not the accepted ones', transformList)
  const canonicalization = algorithm(c14n)
  if (!isCanonicalization(canonicalization)) throw refused('The canonicalisation is not an accepted one', c14n)
  allow(value, 'Id')
  allow(digestValue)
  for (const holder of [value, digestValue]) mustBeBase64(holder)
  return {
    element,
    signedInfo,
    canonicalization,
    signatureAlgorithm: algorithm(method),
    digestAlgorithm: algorithm(digestMethod),
    transforms,
    embeddedCertificate: keyInfo && firstCertificate(keyInfo),
  }
}

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
    parent.children.every((child) => typeof child !== 'string' || child.trim() === '')
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
      ? child.trim() === ''
      : uri === transformUri.exclusive && child.localName === 'InclusiveNamespaces' && child.namespace === uri
  if (uri === undefined || !element.children.every(isPrefixList)) {
    throw refused(`${element.localName} names no algorithm, or has parameters`, element)
  }
  return uri
}

function mustBeBase64(element: XmlElement): void {
  const text = element.children.map((child) => (typeof child === 'string' ? child : '<')).join('')
  const digits = text.replace(/[ \t\r\n]+/g, '')
  // No key of any size in use needs more; the pattern need not meet megabytes.
  if (digits.length > 8192 || !/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(digits)) {
    throw refused(`${element.localName} is not base64`, element)
  }
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
