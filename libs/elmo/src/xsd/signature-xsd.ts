import { dsElements, type DsElement } from '../grammar/ds-grammar.js'
import { namespaces } from '../grammar/namespaces.js'
import { contentModelXsd } from './content-model-xsd.js'
import { writeXsd, xsd, type XsdNode } from './xsd-node.js'

const wildcard = (namespace: string, { strict }: DsElement, often: XsdNode['attributes'] = {}): XsdNode =>
  xsd('any', { namespace, processContents: strict ? undefined : 'lax', ...often })

function contentOf(element: DsElement): XsdNode | undefined {
  const { content } = element
  if (content === undefined) return undefined
  // A pattern that every content matches.
  if (content.source === '^') {
    return xsd('sequence', {}, wildcard('##any', element, { minOccurs: '0', maxOccurs: 'unbounded' }))
  }
  return contentModelXsd(content, (name) => {
    if (name === '#') return wildcard('##other', element)
    const known = dsElements[name] as DsElement
    return known.local ? declaration(name, known) : xsd('element', { ref: `ds:${name}` })
  })
}

function declaration(name: string, element: DsElement): XsdNode {
  const attributes = Object.entries(element.attributes ?? {}).map(([attribute, type]) =>
    xsd('attribute', {
      ...{ name: attribute, type: `xs:${type}` },
      use: attribute === element.required ? 'required' : undefined,
    }),
  )
  if (element.text === undefined) {
    const mixed = element.mixed ? 'true' : undefined
    return xsd('element', { name }, xsd('complexType', { mixed }, contentOf(element), ...attributes))
  }
  const base = `xs:${element.text}`
  if (attributes.length === 0) return xsd('element', { name, type: base })
  const extension = xsd('extension', { base }, ...attributes)
  return xsd('element', { name }, xsd('complexType', {}, xsd('simpleContent', {}, extension)))
}

/** The schema of XML Signature, made from the grammar that documents are validated by. Spec: XML Signature 1.0, 4. */
export function signatureXsd(): string {
  const elements = Object.entries(dsElements).filter(([, { local }]) => !local)
  return writeXsd(
    { targetNamespace: namespaces.ds, 'xmlns:ds': namespaces.ds, elementFormDefault: 'qualified' },
    ...elements.map(([name, element]) => declaration(name, element)),
  )
}
