import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import { releaseBit, type Release } from '../grammar/releases.js'
import type { RawKind } from '../grammar/row.js'
import { compareText } from '../xml/compare-text.js'
import { attributesPropertyOf, keepsAttributes, leastOf, rootRow, type Shape, type ShapeRow } from '../grammar/shape.js'

export interface PlannedText {
  readonly property: string
  readonly collapses: boolean
}

export interface PlannedAttribute extends PlannedText {
  /** Up to the opening quote. */
  readonly open: string
}

export interface PlannedElement {
  readonly property: string
  readonly isList: boolean
  /** The start tag up to its attributes, namespace declarations included. */
  readonly open: string
  readonly close: string
  /** What is kept as XML text, and where the attributes of the element are kept beside it. */
  readonly raw: RawKind | undefined
  readonly rawAttributes: string | undefined
  /** Where the values of its own attributes and children stand. */
  readonly holder: 'value' | 'parent' | 'only child'
  /** For an element that has a text and nothing else. */
  readonly text: PlannedText | undefined
  /** For an inline element that may be absent: it stands where one of these properties is given. */
  readonly givenBy: readonly string[] | undefined
  /** Whether a source may stand for its text. */
  readonly isAttachmentContent: boolean
  readonly plan: WritePlan
}

/** How the values of one type are written in one release: what the table says, made ready once. */
export interface WritePlan {
  /** In the order of Canonical XML. */
  readonly attributes: readonly PlannedAttribute[]
  readonly text: PlannedText | undefined
  readonly elements: readonly PlannedElement[]
  /** Whether elements and attributes of any kind may stand in it. */
  readonly takesAny: boolean
}

const prefixes = { address: 'a:', ds: 'ds:', xml: 'xml:' } as const
const nameOf = (row: ShapeRow): string => (row.namespace === undefined ? row.name : prefixes[row.namespace] + row.name)

const plannedText = ({ property, simpleType }: ShapeRow): PlannedText => ({
  property,
  collapses: simpleType?.whiteSpace === 'collapse',
})

class Planner {
  readonly #plans = new Map<Shape, WritePlan>()
  readonly #bit: number

  constructor(readonly release: Release) {
    this.#bit = releaseBit(release)
  }

  element(row: ShapeRow, parent: string): PlannedElement {
    const name = nameOf(row)
    return {
      property: row.property,
      isList: row.isList,
      open: `<${name}${this.#declaration(row.type)}`,
      close: `</${name}>`,
      raw: row.rawKind,
      rawAttributes: keepsAttributes(row) ? attributesPropertyOf(row) : undefined,
      holder: row.inline ? 'parent' : row.unwrap ? 'only child' : 'value',
      text: row.isComplex || row.rawKind !== undefined ? undefined : plannedText(row),
      givenBy: row.inline && leastOf(row) === 0 ? [...row.shape.properties] : undefined,
      isAttachmentContent: parent === 'Attachment' && row.name === 'content',
      plan: this.#plan(row.shape),
    }
  }

  /** The plan of a type; a recursive type meets itself. */
  #plan(shape: Shape): WritePlan {
    const known = this.#plans.get(shape)
    if (known !== undefined) return known
    const has = ({ releases }: ShapeRow): boolean => (releases & this.#bit) !== 0
    const elements: PlannedElement[] = []
    const plan = {
      attributes: shape.attributes
        .filter(has)
        .sort((a, b) => compareText(a.uri ?? '', b.uri ?? '') || compareText(a.name, b.name))
        .map((row) => ({ ...plannedText(row), open: ` ${nameOf(row)}="` })),
      text: shape.text && plannedText(shape.text),
      elements,
      takesAny: (shape.anyIn & this.#bit) !== 0,
    }
    this.#plans.set(shape, plan)
    for (const row of shape.elements) if (has(row)) elements.push(this.element(row, shape.type))
    return plan
  }

  /** Declared where it is needed: the default namespace on the root, the one of addresses on each address. */
  #declaration(type: string): string {
    if (type === 'Elmo') return ` xmlns="${elmoNamespace(this.release)}"`
    return type === 'FlexibleAddress' ? ` xmlns:a="${namespaces.address}"` : ''
  }
}

const roots = new Map<Release, PlannedElement>()

/** How a document of a release is written. */
export function writePlan(release: Release): PlannedElement {
  const known = roots.get(release)
  if (known !== undefined) return known
  const root = new Planner(release).element(rootRow, '')
  roots.set(release, root)
  return root
}
