import { checkSpelling, checkValue, normalise } from './check-value.js'
import { emptyValue } from './empty-value.js'
import { namespaces } from '../grammar/namespaces.js'
import type { Row } from '../grammar/row.js'
import { isComplex, isList, leastOf, mostOf, propertyOf, rawKindOf, shapeOf, type Shape } from '../grammar/shape.js'
import type { XmlElement } from '../xml/parse-xml.js'
import type { ReadPlace } from './read-place.js'
import { readRaw } from './read-raw.js'

type Values = Record<string, unknown>
type Report = (at: ReadPlace, rule: string, message: string) => void

const isElmoNamespace = (uri: string): boolean =>
  uri === '' || uri.startsWith('https://github.com/emrex-eu/elmo-schemas/') || uri === 'http://purl.org/net/elmo'

/** One pass over one document, by the table. */
export class DocumentReading {
  constructor(
    private readonly bytes: Uint8Array,
    /** The namespace of the root: what elements without a namespace of their own are expected in. */
    private readonly namespace: string,
    private readonly report: Report,
  ) {}

  /** The properties of an element of a type: attributes, text, child elements. */
  complex(type: string, at: ReadPlace): Values {
    const shape = shapeOf(type)
    const values = this.attributes(shape, type, at)
    const { text, found } = this.children(shape, at)
    if (shape.text === undefined) this.refuseText(shape, text, at)
    else if (text !== '' || leastOf(shape.text) > 0) {
      values[propertyOf(shape.text)] = this.value(shape.text, text, at)
    }
    for (const row of shape.elements) this.occurrences(row, found.get(row) ?? [], at, values)
    const alternatives = new Set([...found.keys()].flatMap(({ alternative = [] }) => alternative))
    if (alternatives.size > 1)
      this.report(at, 'GRAMMAR-CHOICE', `${[...alternatives].join(' and ')} exclude one another`)
    return values
  }

  private attributes(shape: Shape, type: string, at: ReadPlace): Values {
    const values: Values = {}
    for (const { localName, namespace, value } of at.element.attributes) {
      const row = shape.attributes.find((each) => each.name === localName)
      const below = { ...at, parent: at, name: `@${localName}`, index: undefined }
      if (row !== undefined && namespace === (row.namespace === undefined ? '' : namespaces[row.namespace])) {
        values[propertyOf(row)] = this.value(row, value, below)
      } else if (!this.isSchemaHint(namespace, localName, value, type)) {
        this.report(at, 'GRAMMAR-UNKNOWN-ATTRIBUTE', 'an attribute that is not known here')
      }
    }
    for (const row of shape.attributes) {
      if (leastOf(row) === 0 || values[propertyOf(row)] !== undefined) continue
      this.report(at, 'GRAMMAR-MISSING', `the attribute "${row.name}" is missing`)
      Object.assign(values, emptyValue(row))
    }
    return values
  }

  /** `xsi:schemaLocation` is allowed everywhere and never followed; `xsi:type` may say what the table says. */
  private isSchemaHint(namespace: string, localName: string, value: string, type: string): boolean {
    if (namespace !== namespaces.xsi) return false
    return localName.endsWith('chemaLocation') || (localName === 'type' && value.trim().split(':').pop() === type)
  }

  private children(shape: Shape, at: ReadPlace): { text: string; found: Map<Row, XmlElement[]> } {
    const found = new Map<Row, XmlElement[]>()
    let text = ''
    let furthest = 0
    for (const child of at.element.children) {
      if (typeof child === 'string') {
        text += child
        continue
      }
      const order = shape.order.get(child.localName) ?? -1
      const row = shape.elements[order]
      const below = { parent: at, name: child.localName, depth: at.depth + 1, element: child }
      if (row === undefined || !this.belongs(row, child.namespace)) {
        this.report({ ...below, name: '*' }, 'GRAMMAR-UNKNOWN-ELEMENT', 'an element that is not known here')
        continue
      }
      if (child.namespace !== this.namespaceOf(row)) {
        this.report(below, 'P-NS-VARIANT', 'the element is not in the namespace it belongs to')
      }
      if (order < furthest) this.report(below, 'P-ORDER', 'the element stands behind others that belong after it')
      furthest = Math.max(furthest, order)
      const known = found.get(row)
      if (known === undefined) found.set(row, [child])
      else known.push(child)
    }
    return { text, found }
  }

  private namespaceOf(row: Row): string {
    return row.namespace === undefined ? this.namespace : namespaces[row.namespace]
  }

  private belongs(row: Row, namespace: string): boolean {
    if (namespace === this.namespaceOf(row)) return true
    return row.namespace !== 'ds' && (isElmoNamespace(namespace) || namespace === this.namespace)
  }

  private refuseText(shape: Shape, text: string, at: ReadPlace): void {
    const refused = shape.elements.length === 0 ? text !== '' : /[^\t\n\r ]/.test(text)
    if (refused) this.report(at, 'GRAMMAR-TEXT', 'text where none may stand')
  }

  private value(row: Row, text: string, at: ReadPlace): string {
    const value = normalise(row, text)
    const finding = checkValue(row, value) ?? checkSpelling(row, value)
    if (finding !== undefined) this.report(at, finding.rule, finding.message)
    return value
  }

  private occurrences(row: Row, elements: readonly XmlElement[], at: ReadPlace, values: Values): void {
    const least = leastOf(row)
    const most = mostOf(row)
    if (elements.length < least) this.report(at, 'GRAMMAR-MISSING', `the element "${row.name}" is missing`)
    if (elements.length > most) this.report(at, 'GRAMMAR-TOO-MANY', `"${row.name}" may stand ${most} times at most`)
    // A signature vouches for the bytes it came with, not for a model that somebody may change.
    if (at.parent === undefined && row.type === 'rawElement') return
    if (elements.length === 0) {
      if (least > 0) Object.assign(values, emptyValue(row))
      return
    }
    const placeOf = (element: XmlElement, index?: number): ReadPlace => ({
      parent: at,
      name: row.name,
      index,
      depth: at.depth + 1,
      element,
    })
    const [first] = elements as [XmlElement]
    if (row.inline) Object.assign(values, this.complex(row.type, placeOf(first)))
    else if (!isList(row)) values[propertyOf(row)] = this.element(row, placeOf(first))
    else values[propertyOf(row)] = elements.map((element, index) => this.element(row, placeOf(element, index + 1)))
  }

  private element(row: Row, at: ReadPlace): unknown {
    const kind = rawKindOf(row)
    if (kind !== undefined) return readRaw(kind, at, this.bytes, this.report)
    const values = this.complex(row.type, at)
    const only = shapeOf(row.type).elements[0]
    if (row.unwrap && only !== undefined) return values[propertyOf(only)] ?? []
    if (isComplex(row)) return values
    const finding = checkSpelling(row, values['value'] as string)
    if (finding !== undefined) this.report(at, finding.rule, finding.message)
    return values['value']
  }
}
