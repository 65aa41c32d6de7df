import { C14nCanonicalization, ExclusiveCanonicalization, type NamespacePrefix, type SignedXml } from 'xml-crypto'
import { escapeAttribute } from '../xml/escape-xml.js'
import type { XmlAttribute, XmlElement } from '../xml/parse-xml.js'
import { splitName, xmlNamespace, xmlnsNamespace } from '../xml/xml-names.js'
import { transformUri } from './signature-algorithms.js'

/** What canonicalisation needs to know of an element around SignedInfo. */
export type ContextElement = Pick<XmlElement, 'name' | 'attributes' | 'declarations'>

type Algorithms = SignedXml['CanonicalizationAlgorithms']

/** The part of a DOM element that canonicalisation needs; the DOM itself stays inside xml-crypto. */
interface ClonedElement {
  readonly localName: string
  readonly namespaceURI?: string | null
  readonly attributes: ArrayLike<NamedAttribute & { readonly name: string; readonly value: string }>
  setAttributeNS(namespace: string, name: string, value: string): void
}

interface RenderedNamespaces {
  readonly rendered: string
  readonly newDefaultNs: string
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
 * the first SignedInfo of the document, which may be another's; where it writes the name of a namespace without escaping
 * it; and where it passes over #default in a prefix list. `context` are the elements around the right SignedInfo,
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
    override renderNs(...all: Parameters<C14nCanonicalization['renderNs']>): RenderedNamespaces {
      const namespaces = super.renderNs(...all)
      const around = (all[4] ?? []).map(({ namespaceURI }) => namespaceURI)
      return escaped(namespaces, all[0] as unknown as ClonedElement, around)
    }
  }
  class Exclusive extends ExclusiveCanonicalization {
    override nsCompare = byPrefix
    override attrCompare = byNamespace
    override process(...[node, options]: Parameters<ExclusiveCanonicalization['process']>): string {
      const element = node as unknown as ClonedElement
      if (element.localName !== 'SignedInfo') return super.process(node, options)
      const around = ancestorNamespaces.find(({ prefix }) => prefix === '')
      if (around !== undefined && !hasDefault(element))
        element.setAttributeNS(xmlnsNamespace, 'xmlns', around.namespaceURI)
      return super.process(node, { ...options, ancestorNamespaces })
    }
    override renderNs(...all: Parameters<ExclusiveCanonicalization['renderNs']>): RenderedNamespaces {
      const [node, , before, , prefixList] = all as [ClonedElement, unknown, string, unknown, string[]]
      const { rendered, newDefaultNs } = super.renderNs(...all) as RenderedNamespaces
      const declared = prefixList.includes('#default') ? hasDefault(node)?.value : undefined
      // An element without a prefix has said it already.
      const isUnsaid = declared !== undefined && declared !== newDefaultNs && newDefaultNs === before
      const namespaces = isUnsaid
        ? { rendered: ` xmlns="${declared}"${rendered}`, newDefaultNs: declared }
        : { rendered, newDefaultNs }
      return escaped(namespaces, node)
    }
  }
  return { [transformUri.inclusive]: Inclusive, [transformUri.exclusive]: Exclusive }
}

const hasDefault = ({ attributes }: ClonedElement) => Array.from(attributes).find(({ name }) => name === 'xmlns')

/**
 * What the library rendered on an element, with the names of namespaces escaped as other attribute values are, and
 * without the declaration of `xml`, which canonical form never has.
 */
function escaped(
  { rendered, newDefaultNs }: RenderedNamespaces,
  { namespaceURI, attributes }: ClonedElement,
  around: readonly string[] = [],
): RenderedNamespaces {
  const own = Array.from(attributes).flatMap((attribute) => [attribute.namespaceURI, attribute.value])
  const names = new Set([namespaceURI, ...own, ...around].map((name) => name ?? ''))
  const special = [...names].filter((name) => escapeAttribute(name) !== name).sort((a, b) => b.length - a.length)
  const known = rendered.replace(` xmlns:xml="${xmlNamespace}"`, '')
  const written = special.reduce((text, name) => text.replaceAll(`="${name}"`, `="${escapeAttribute(name)}"`), known)
  return { rendered: written, newDefaultNs }
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
