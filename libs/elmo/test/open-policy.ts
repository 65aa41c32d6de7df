import { createPublicKey } from 'node:crypto'
import { ElmoError } from '../src/elmo-error.js'
import { checkSignature } from '../src/signature/check-signature.js'
import type { CanonicalizationFacts, SignatureFacts } from '../src/signature/read-signature.js'
import { acceptAlgorithms, dsigNamespace, transformUri } from '../src/signature/signature-algorithms.js'
import { runAtOnce } from '../src/steps.js'
import { treeOf, type XmlElement } from '../src/xml/parse-xml.js'
import { scanXml } from '../src/xml/scan-xml.js'
import { nodeKind, type XmlTape } from '../src/xml/xml-tape.js'

/**
 * What the cryptography alone says of the signature at the root: no rule about the structure, SHA-1 and short keys
 * allowed. The parts of the signature are taken by their names, wherever they stand in it; what of it is no algorithm
 * that exists does not hold. A document that the parser refuses gives the code.
 */
export function openVerdict(xml: Uint8Array, pem: string): string {
  try {
    const tape = scanXml(xml)
    const facts = looseFacts(tape)
    if (facts === undefined) return 'does not hold'
    const algorithms = acceptAlgorithms(facts.signatureAlgorithm, facts.digestAlgorithm, true)
    const checked = runAtOnce(checkSignature(tape, facts, algorithms, [createPublicKey(pem)]))
    return checked.signer !== undefined ? 'holds' : 'does not hold'
  } catch (error) {
    if (error instanceof ElmoError) return error.code
    throw error
  }
}

function looseFacts(tape: XmlTape): SignatureFacts | undefined {
  const node = rootSignature(tape)
  if (node === undefined) return undefined
  const element = treeOf(tape, node)
  const [signedInfo] = elementsIn(element, 1)
  if (signedInfo === undefined || !isDsig('SignedInfo')(signedInfo)) return undefined
  const part = (name: string, within = signedInfo): XmlElement | undefined => elementsIn(within).find(isDsig(name))
  const [enveloped, documentForm, ...more] = elementsIn(signedInfo).filter(isDsig('Transform'))
  const forms = [part('CanonicalizationMethod'), documentForm].map(canonicalizationOf)
  const [canonicalization, form] = forms
  const known = enveloped !== undefined && algorithmOf(enveloped) === transformUri.enveloped && more.length === 0
  if (!known || canonicalization === undefined || form === undefined) return undefined
  return {
    node,
    canonicalization,
    signatureAlgorithm: algorithmOf(part('SignatureMethod')),
    digestAlgorithm: algorithmOf(part('DigestMethod')),
    documentForm: form,
    transforms: [],
    digestValue: bytesOf(part('DigestValue')),
    signatureValue: bytesOf(part('SignatureValue', element)),
  }
}

function rootSignature(tape: XmlTape): number | undefined {
  for (let node = tape.root + 1; node < tape.next(tape.root); node = tape.next(node)) {
    if (tape.kind(node) !== nodeKind.element) continue
    const { localName, namespace } = tape.name(node)
    if (localName === 'Signature' && namespace === dsigNamespace) return node
  }
  return undefined
}

const isDsig =
  (name: string) =>
  ({ localName, namespace }: XmlElement): boolean =>
    localName === name && namespace === dsigNamespace

const algorithmOf = (element?: XmlElement): string =>
  element?.attributes.find(({ name }) => name === 'Algorithm')?.value ?? ''

/** Inclusive where nothing is named; undefined where something else is. */
function canonicalizationOf(element: XmlElement | undefined): CanonicalizationFacts | undefined {
  const uri = element === undefined ? transformUri.inclusive : algorithmOf(element)
  if (uri !== transformUri.inclusive && uri !== transformUri.exclusive) return undefined
  const list = element?.children.find((child) => typeof child !== 'string')?.attributes[0]?.value ?? ''
  const prefixes = list.split(/\s+/).filter((prefix) => prefix !== '')
  return { uri, prefixes: prefixes.map((prefix) => (prefix === '#default' ? '' : prefix)) }
}

const textOf = ({ children }: XmlElement): string =>
  children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')

/** What is not base64 is no value. Spec: RFC 4648, 4. */
function bytesOf(element?: XmlElement): Buffer {
  const digits = element === undefined ? '' : textOf(element).replace(/[ \t\r\n]+/g, '')
  return /^[A-Za-z0-9+/]+={0,2}$/.test(digits) && digits.length % 4 === 0 ? Buffer.from(digits, 'base64') : Buffer.of()
}

/** The elements in an element, in the order of the document. */
function elementsIn({ children }: XmlElement, levels = Infinity): XmlElement[] {
  return children
    .filter((child) => typeof child !== 'string')
    .flatMap((child) => [child, ...(levels > 1 ? elementsIn(child, levels - 1) : [])])
}
