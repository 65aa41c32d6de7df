import { namespaces } from '../grammar/namespaces.js'
import type { RawKind } from '../grammar/row.js'
import type { XmlElement } from '../xml/parse-xml.js'
import { rawContent, rawElement } from '../xml/raw-xml.js'
import { namespaceAt, type ReadPlace } from './read-place.js'

type Report = (at: ReadPlace, rule: string, message: string) => void

const inExtensions = new Set(['lang', 'space', 'base'])

function checkExtension({ attributes, children, namespace: own }: XmlElement, at: ReadPlace, report: Report): void {
  for (const { namespace, localName } of attributes) {
    const allowed =
      (namespace === namespaces.xml && inExtensions.has(localName)) ||
      (namespace === namespaces.xsi && localName.endsWith('chemaLocation'))
    if (!allowed) report(at, 'GRAMMAR-UNKNOWN-ATTRIBUTE', 'an attribute that is not known here')
  }
  for (const child of children) {
    if (typeof child !== 'string') {
      const foreign = child.namespace !== '' && child.namespace !== own
      if (!foreign) report(at, 'GRAMMAR-EXTENSION', 'an extension holds elements of other namespaces only')
    } else if (/[^\t\n\r ]/.test(child)) report(at, 'GRAMMAR-TEXT', 'text where none may stand')
  }
}

/** A subtree that the model keeps as XML text, able to stand alone: a list of elements, content, or one element. */
export function readRaw(kind: RawKind, at: ReadPlace, bytes: Uint8Array, report: Report): string | string[] {
  const { element } = at
  const scope = (prefix: string): string | undefined => namespaceAt(at, prefix)
  if (kind === 'rawElement') return rawElement(element, bytes, scope)
  if (kind === 'rawContent') {
    if (element.attributes.length > 0) report(at, 'P-NOT-KEPT', 'the attributes of this element are not kept')
    return rawContent(element, bytes, scope)
  }
  checkExtension(element, at, report)
  return element.children.flatMap((child) => (typeof child === 'string' ? [] : [rawElement(child, bytes, scope)]))
}
