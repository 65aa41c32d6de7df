import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import { releaseBit, type Release } from '../grammar/releases.js'
import type { RawKind } from '../grammar/row.js'
import { attributesPropertyOf, keepsAttributes, leastOf, rootRow, type Shape, type ShapeRow } from '../grammar/shape.js'
import type { SimpleType } from '../grammar/simple-types.js'
import { compareText } from '../xml/compare-text.js'
import { checkSimpleType } from './check-value.js'
import { makeMarkup, type Markup } from './markup.js'

export interface PlannedText {
  readonly property: string
  readonly collapses: boolean
  /** Whether a text, white space collapsed, is right in the release; absent where any is. */
  readonly isRight?: (text: string) => boolean
}

export interface PlannedAttribute extends PlannedText {
  /** Up to the opening quote. */
  readonly open: Markup
}

/** How an element is written in one release. */
export class PlannedElement {
  readonly property: string
  readonly isList: boolean
  /** How many of a list the release takes. */
  readonly least: number
  readonly most: number
  /** What is kept as XML text, and where the attributes of the element are kept beside it. */
  readonly raw: RawKind | undefined
  readonly rawAttributes: string | undefined
  /** Where the values of its own attributes and children stand. */
  readonly holder: 'value' | 'parent' | 'only child'
  /** For an element that has a text and nothing else. */
  readonly text: PlannedText | undefined
  readonly close: Markup
  readonly #opened: Markup[] = []
  readonly #started: Markup[] = []
  readonly #closed: Markup[] = []

  constructor(
    row: ShapeRow,
    bit: number,
    /** The start tag up to its attributes, namespace declarations included. */
    readonly open: string,
    readonly name: string,
    readonly plan: WritePlan,
    /** Whether a source may stand for its text. */
    readonly isAttachmentContent: boolean,
  ) {
    this.property = row.property
    this.isList = row.isList
    this.least = row.requiredIn & bit ? 1 : 0
    this.most = row.singleIn & bit ? 1 : row.most
    this.raw = row.rawKind
    this.rawAttributes = keepsAttributes(row) ? attributesPropertyOf(row) : undefined
    this.holder = row.inline ? 'parent' : row.unwrap ? 'only child' : 'value'
    this.text = row.isComplex || row.rawKind !== undefined ? undefined : plannedText(row, bit)
    this.close = makeMarkup(`</${name}>`)
  }

  /** `open` on a line of its own. */
  opened(depth: number): Markup {
    return (this.#opened[depth] ??= makeMarkup(newline(depth) + this.open))
  }

  /** The start tag without attributes, on a line of its own. */
  started(depth: number): Markup {
    return (this.#started[depth] ??= makeMarkup(`${newline(depth)}${this.open}>`))
  }

  /** The end tag on a line of its own. */
  closed(depth: number): Markup {
    return (this.#closed[depth] ??= makeMarkup(`${newline(depth)}</${this.name}>`))
  }
}

export const newline = (depth: number): string => `\n${'  '.repeat(depth)}`

/**
 * How the values of one type are written in one release: what the table says, made ready once. Each attribute, the text
 * and each child element have a place in this order; bit n of a set stands for place n.
 */
export interface WritePlan {
  /** In the order of Canonical XML. */
  readonly attributes: PlannedAttribute[]
  readonly text: PlannedText | undefined
  readonly elements: PlannedElement[]
  /** Whether elements and attributes of any kind may stand in it. */
  readonly takesAny: boolean
  /** The place that a property of the model belongs to; several belong to an element without a place in the model. */
  readonly placeOf: Map<string, number>
  /** How many places there are. */
  readonly size: number
  readonly firstElement: number
  /** What the release demands, ... */
  readonly required: number
  /** ... what stands although no property of the model may tell, ... */
  readonly always: number
  /** ... and sets that exclude one another. */
  readonly alternatives: readonly number[]
}

/** The place of what is kept because anything may stand there. */
export const anyPlace = 30

const prefixes = { address: 'a:', ds: 'ds:', xml: 'xml:' } as const
const nameOf = (row: ShapeRow): string => (row.namespace === undefined ? row.name : prefixes[row.namespace] + row.name)

function rightTexts(type: SimpleType | undefined, bit: number): PlannedText['isRight'] {
  if (type?.isValid === undefined && type?.values === undefined) return undefined
  const isRight = (text: string): boolean => ((checkSimpleType(type, text)?.breaks ?? 0) & bit) === 0
  if (type.values === undefined) return isRight
  const right = new Set(type.values.filter(isRight))
  return (text) => right.has(text)
}

const plannedText = ({ property, simpleType }: ShapeRow, bit: number): PlannedText => ({
  property,
  collapses: simpleType?.whiteSpace === 'collapse',
  isRight: rightTexts(simpleType, bit),
})

class Planner {
  readonly #plans = new Map<Shape, WritePlan>()
  readonly #bit: number

  constructor(readonly release: Release) {
    this.#bit = releaseBit(release)
  }

  element(row: ShapeRow, parent: string): PlannedElement {
    const isAttachmentContent = parent === 'Attachment' && row.name === 'content'
    const open = `<${nameOf(row)}${this.#declaration(row.type)}`
    return new PlannedElement(row, this.#bit, open, nameOf(row), this.#plan(row.shape), isAttachmentContent)
  }

  #has({ releases }: ShapeRow): boolean {
    return (releases & this.#bit) !== 0
  }

  /** The plan of a type; a recursive type meets itself. */
  #plan(shape: Shape): WritePlan {
    const known = this.#plans.get(shape)
    if (known !== undefined) return known
    const attributes = shape.attributes
      .filter((row) => this.#has(row))
      .sort((a, b) => compareText(a.uri ?? '', b.uri ?? '') || compareText(a.name, b.name))
    const text = shape.text !== undefined && this.#has(shape.text) ? [shape.text] : []
    const elements = shape.elements.filter((row) => this.#has(row))
    const rows = [...attributes, ...text, ...elements]
    if (rows.length > anyPlace) throw new RangeError(`The type ${shape.type} has too many rows.`)
    const bits = (holds: (row: ShapeRow) => boolean): number =>
      rows.reduce((set, row, place) => (holds(row) ? set | (1 << place) : set), 0)
    const plan: WritePlan = {
      attributes: attributes.map((row) => ({
        ...plannedText(row, this.#bit),
        open: makeMarkup(` ${nameOf(row)}="`),
      })),
      text: text[0] && plannedText(text[0], this.#bit),
      elements: [],
      takesAny: (shape.anyIn & this.#bit) !== 0,
      placeOf: new Map(rows.flatMap((row, place) => this.#properties(row).map((name) => [name, place] as const))),
      size: rows.length,
      firstElement: attributes.length + text.length,
      // A signature comes with signing, after writing.
      required: bits((row) => (row.requiredIn & this.#bit) !== 0 && row.type !== 'rawElement'),
      always: bits((row) => row.inline === true && leastOf(row) > 0),
      alternatives: [...new Set(elements.flatMap(({ alternative = [] }) => alternative))].map((name) =>
        bits((row) => row.alternative === name),
      ),
    }
    if (plan.takesAny) for (const name of ['raw', 'attributes']) plan.placeOf.set(name, anyPlace)
    this.#plans.set(shape, plan)
    for (const row of elements) plan.elements.push(this.element(row, shape.type))
    return plan
  }

  /** The properties of the model that give a row. */
  #properties(row: ShapeRow): readonly string[] {
    if (!row.inline) return keepsAttributes(row) ? [row.property, attributesPropertyOf(row)] : [row.property]
    const { attributes, text = [], elements } = row.shape
    return [attributes, text, elements].flat().flatMap((each) => (this.#has(each) ? this.#properties(each) : []))
  }

  /** Declared where it is needed: the default namespace on the root, the one of addresses on each address. */
  #declaration(type: string): string {
    if (type === 'Elmo') return ` xmlns="${elmoNamespace(this.release)}"`
    return type === 'FlexibleAddress' ? ` xmlns:a="${namespaces.address}"` : ''
  }
}

const roots = new Map<Release, PlannedElement>()

/** The start tag of a document of a release; no release has attributes for it. */
export const rootStartTag = (release: Release): string => `${writePlan(release).open}>`

/** How a document of a release is written. */
export function writePlan(release: Release): PlannedElement {
  const known = roots.get(release)
  if (known !== undefined) return known
  const root = new Planner(release).element(rootRow, '')
  roots.set(release, root)
  return root
}
