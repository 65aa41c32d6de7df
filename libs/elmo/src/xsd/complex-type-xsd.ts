import { releaseBit, type Release } from '../grammar/releases.js'
import type { Shape, ShapeRow } from '../grammar/shape.js'
import { table } from '../grammar/table.js'
import { simpleTypeName } from './simple-type-xsd.js'
import { annotation, xsd, type XsdNode } from './xsd-node.js'

/** Which rows a release has of a type, and under which names a schema for it refers to types. */
export class XsdTypes {
  /** Types that were referred to: complex ones and types of text. */
  readonly used = new Set<string>()
  readonly #bit: number

  constructor(readonly release: Release) {
    this.#bit = releaseBit(release)
  }

  readonly #has = ({ releases }: ShapeRow): boolean => (releases & this.#bit) !== 0

  /** The definition of a type of the table. */
  complex(name: string, shape: Shape): XsdNode {
    const attributes = shape.attributes.filter(this.#has).map((row) => this.#attribute(row))
    const doc = annotation(table[name]?.doc)
    if (shape.text !== undefined) {
      const base = this.#simple(shape.text.type)
      return xsd('complexType', { name }, doc, xsd('simpleContent', {}, xsd('extension', { base }, ...attributes)))
    }
    const elements = shape.elements.filter(this.#has)
    const sequence = elements.length === 0 ? undefined : xsd('sequence', {}, ...this.#particles(elements))
    return xsd('complexType', { name }, doc, sequence, ...attributes)
  }

  /** The elements in their order; those that exclude one another in a choice of sequences. */
  #particles(rows: readonly ShapeRow[]): XsdNode[] {
    const alternatives = [...new Set(rows.flatMap(({ alternative = [] }) => alternative))]
    if (alternatives.length === 0) return rows.map((row) => this.element(row))
    const first = rows.findIndex(({ alternative }) => alternative !== undefined)
    const last = rows.findLastIndex(({ alternative }) => alternative !== undefined)
    const sequences = alternatives.map((each) =>
      xsd('sequence', {}, ...rows.filter(({ alternative }) => alternative === each).map((row) => this.element(row))),
    )
    const outside = (part: readonly ShapeRow[]): XsdNode[] => part.map((row) => this.element(row))
    return [...outside(rows.slice(0, first)), xsd('choice', {}, ...sequences), ...outside(rows.slice(last + 1))]
  }

  element(row: ShapeRow): XsdNode {
    const minOccurs = row.requiredIn & this.#bit ? undefined : '0'
    const most = row.singleIn & this.#bit ? 1 : row.most
    const maxOccurs = most === 1 ? undefined : most === Infinity ? 'unbounded' : String(most)
    const doc = annotation(row.doc, this.#predefined(row))
    if (row.type === 'rawElement') return xsd('element', { ref: `ds:${row.name}`, minOccurs, maxOccurs }, doc)
    return xsd('element', { name: row.name, type: this.#typeOf(row), minOccurs, maxOccurs }, doc)
  }

  #attribute(row: ShapeRow): XsdNode {
    const use = row.requiredIn & this.#bit ? 'required' : undefined
    const doc = annotation(row.doc, this.#predefined(row))
    if (row.namespace === 'xml') return xsd('attribute', { ref: `xml:${row.name}`, use }, doc)
    return xsd('attribute', { name: row.name, type: this.#simple(row.type), use }, doc)
  }

  #predefined({ predefined }: ShapeRow): string | undefined {
    return predefined && `The format itself names: ${predefined.join(', ')}.`
  }

  #simple(type: string): string {
    this.used.add(type)
    return simpleTypeName(type, this.release)
  }

  /** Undefined is `xs:anyType`. */
  #typeOf(row: ShapeRow): string | undefined {
    const { shape, type } = row
    if (row.rawKind === 'rawContent' || (shape.anyIn & this.#bit) !== 0) return undefined
    if (row.rawKind === 'rawChildren') return 'CustomExtensionsContainer'
    // Where it takes nothing but text and a language, the content of an attachment is what other texts are.
    if (type === 'AttachmentContent') return this.#named('TokenWithOptionalLang')
    if (type === 'FlexibleAddress') return `a:${type}`
    if (!row.isComplex) return this.#simple(type)
    const { text, attributes } = shape
    return text !== undefined && !attributes.some(this.#has) ? this.#simple(text.type) : this.#named(type)
  }

  #named(type: string): string {
    this.used.add(type)
    return type
  }
}
