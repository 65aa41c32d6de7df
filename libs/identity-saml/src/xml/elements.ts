import type { Element } from '@xmldom/xmldom'
import { demand, type SamlDetail } from '../saml-refusal.js'

/** Children that are elements, in the order of the document. */
export function childrenOf(element: Element): Element[] {
  const children: Element[] = []
  for (let node = element.firstChild; node !== null; node = node.nextSibling)
    if (node.nodeType === 1) children.push(node as Element)
  return children
}

/** Children of exactly this namespace and local name. */
export const childrenNamed = (element: Element, namespace: string, localName: string): Element[] =>
  childrenOf(element).filter((child) => isNamed(child, namespace, localName))

export const isNamed = (element: Element, namespace: string, localName: string): boolean =>
  element.namespaceURI === namespace && element.localName === localName

/**
 * The one child of that name.
 * @throws {SamlRefusal} `detail`, when there is none or more than one
 */
export function onlyChild(element: Element, namespace: string, localName: string, detail: SamlDetail): Element {
  const [child, ...more] = childrenNamed(element, namespace, localName)
  demand(child !== undefined, detail)
  demand(more.length === 0, detail)
  return child
}

/** All elements of a tree, the root first. */
export function elementsOf(root: Element): Element[] {
  const all: Element[] = [root]
  for (let at = 0; at < all.length; at += 1) all.push(...childrenOf(all[at]!))
  return all
}

/** The value of an attribute without namespace; undefined when it is not there. */
export const attributeOf = (element: Element, name: string): string | undefined =>
  element.getAttributeNS(null, name) ?? undefined

/**
 * The text of an element that has nothing but text, exactly as it stands.
 * @throws {SamlRefusal} `detail`, when something else is in it
 */
export function textOf(element: Element, detail: SamlDetail = 'xml'): string {
  let text = ''
  for (let node = element.firstChild; node !== null; node = node.nextSibling) {
    demand(node.nodeType === 3, detail)
    text += node.nodeValue ?? ''
  }
  return text
}
