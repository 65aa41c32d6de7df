import { namespaces } from '../src/grammar/namespaces.js'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'

/** What a document says, without the ways in which the same can be written. */
export interface DocumentTree {
  readonly name: string
  readonly attributes: readonly string[]
  readonly children: readonly (DocumentTree | string)[]
}

const isSpace = (text: string): boolean => /^[\t\n\r ]*$/.test(text)

function treeOf({ localName, namespace, attributes, children }: XmlElement): DocumentTree {
  const holdsElements = children.some((child) => typeof child !== 'string')
  return {
    name: `{${namespace}}${localName}`,
    attributes: attributes
      .filter((each) => each.namespace !== namespaces.xsi || !each.localName.endsWith('chemaLocation'))
      .map((each) => `{${each.namespace}}${each.localName}=${each.value}`)
      .sort(),
    children: children
      .filter((child) => typeof child !== 'string' || !holdsElements || !isSpace(child))
      .map((child) => (typeof child === 'string' ? child : treeOf(child))),
  }
}

/**
 * A document without white space between elements, comments, the choice of prefixes and CDATA, and `xsi:schemaLocation`:
 * two documents with equal trees say the same.
 */
export const documentTree = (xml: Uint8Array): DocumentTree => treeOf(parseXml(xml).root)
