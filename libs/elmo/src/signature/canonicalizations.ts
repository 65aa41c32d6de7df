import { C14nCanonicalization, ExclusiveCanonicalization, type NamespacePrefix, type SignedXml } from 'xml-crypto'
import type { XmlAttribute, XmlElement } from '../xml/parse-xml.js'
import { splitName, xmlNamespace } from '../xml/xml-names.js'
import { transformUri } from './signature-algorithms.js'

/** What canonicalisation needs to know of an element around SignedInfo. */
export type ContextElement = Pick<XmlElement, 'name' | 'attributes' | 'declarations'>

type Algorithms = SignedXml['CanonicalizationAlgorithms']

/** The part of a DOM element that canonicalisation needs; the DOM itself stays inside xml-crypto. */
interface ClonedElement {
  readonly localName: string
  setAttributeNS(namespace: string, name: string, value: string): void
}

interface Named {
  readonly prefix: string
}

interface NamedAttribute {
  readonly namespaceURI?: string | null
  readonly localName: string
}

const compare = (a: string, b: string): 1 | 0 | -1 => (a < b ? -1 : a > b ? 1 : 0)
// Spec: Canonical XML 1.0, 2.2. The library's own order of prefixes follows the language of the machine.
const byPrefix = (a: Named, b: Named): 1 | 0 | -1 => compare(a.prefix, b.prefix)
const byNamespace = (a: NamedAttribute, b: NamedAttribute): 1 | 0 | -1 =>
  compare(a.namespaceURI ?? '', b.namespaceURI ?? '') || compare(a.localName, b.localName)

/**
 * The two canonicalisations without comments, corrected where xml-crypto looks for the context of SignedInfo: it takes
 * the first SignedInfo of the document, which may be another's. `context` are the elements around the right one,
 * outermost first.
 *
 * Spec: Canonical XML 1.0, 2.4; Exclusive XML Canonicalization 1.0.
 */
export function canonicalizations(context: readonly ContextElement[], signedInfo: ContextElement): Algorithms {
  const ancestorNamespaces = namespacesAround(context, signedInfo)
  const inherited = xmlAttributesAround(context, signedInfo)
  class Inclusive extends C14nCanonicalization {
    override nsCompare = byPrefix
    override attrCompare = byNamespace
    override process(...[node, options]: Parameters<C14nCanonicalization['process']>): string {
      const element = node as unknown as ClonedElement
      if (element.localName !== 'SignedInfo') return super.process(node, options)
      for (const { name, value } of inherited) element.setAttributeNS(xmlNamespace, name, value)
      return super.process(node, { ...options, ancestorNamespaces })
    }
  }
  class Exclusive extends ExclusiveCanonicalization {
    override nsCompare = byPrefix
    override attrCompare = byNamespace
    override process(...[node, options]: Parameters<ExclusiveCanonicalization['process']>): string {
      const isSignedInfo = (node as unknown as ClonedElement).localName === 'SignedInfo'
      return super.process(node, isSignedInfo ? { ...options, ancestorNamespaces } : options)
    }
  }
  return { [transformUri.inclusive]: Inclusive, [transformUri.exclusive]: Exclusive }
}

function namespacesAround(context: readonly ContextElement[], signedInfo: ContextElement): NamespacePrefix[] {
  const inScope = new Map(context.flatMap(({ declarations }) => [...declarations]))
  const own = [splitName(signedInfo.name).prefix, ...signedInfo.declarations.keys()]
  return [...inScope]
    .filter(([prefix, uri]) => uri !== '' && prefix !== 'xml' && !own.includes(prefix))
    .map(([prefix, namespaceURI]) => ({ prefix, namespaceURI }))
}

function xmlAttributesAround(context: readonly ContextElement[], signedInfo: ContextElement): XmlAttribute[] {
  const isXml = ({ namespace }: XmlAttribute): boolean => namespace === xmlNamespace
  const nearest = new Map(context.flatMap(({ attributes }) => attributes.filter(isXml)).map((a) => [a.name, a]))
  for (const { name } of signedInfo.attributes) nearest.delete(name)
  return [...nearest.values()]
}
