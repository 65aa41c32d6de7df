import { namespaces } from './namespaces.js'
import { allReleases, releaseBit, releaseSet, type ReleaseRange, type ReleaseSet } from './releases.js'
import type { Occurs, RawKind, Row } from './row.js'
import { simpleTypes, type SimpleType, type SimpleTypeName } from './simple-types.js'
import { table } from './table.js'

/** A type of the table, ready for use. A simple type is a shape with text alone. */
export interface Shape {
  readonly type: string
  readonly attributes: readonly ShapeRow[]
  /** Whether some release demands one of them. */
  readonly requiresAttributes: boolean
  readonly text?: ShapeRow
  /** In the order of a document. */
  readonly elements: readonly ShapeRow[]
  /** The place of each child element among `elements`. */
  readonly order: ReadonlyMap<string, number>
  /** The same by the number of its name (`nameNumber`); -1 for none. */
  readonly elementAt: Int8Array
  /** The same for those in the namespace of the document. */
  readonly ownAt: Int8Array
  /** Sets of child elements, bit n for `elements[n]`: those that some release does not know, ... */
  readonly limited: number
  /** ... those that some release demands, ... */
  readonly required: number
  /** ... those that some release takes a limited number of times, ... */
  readonly bounded: number
  /** ... and those that exclude the others among these sets. */
  readonly alternatives: readonly number[]
  /** The names that its value has in the model, those of inline elements included. */
  readonly properties: ReadonlySet<string>
  /** Makes its value of its only attribute and its text, where it has no more than these. */
  readonly makePair?: (attribute: string, text: string) => object
  /** Releases in which it may hold anything. */
  readonly anyIn: ReleaseSet
}

const rawKinds: ReadonlySet<string> = new Set<RawKind>(['rawChildren', 'rawContent', 'rawElement'])
const bounds: Record<Occurs, readonly [number, number]> = {
  '1': [1, 1],
  '?': [0, 1],
  '+': [1, Infinity],
  '*': [0, Infinity],
  '0..4': [0, 4],
}

/** The name of a row in the model. */
export const propertyOf = (row: Row): string => row.property ?? row.name
/** How often at least, in every release that has the row: what the model promises. */
export const leastOf = (row: Row): number => bounds[row.occurs][0]
/** How often at most, in the release that takes most. */
const mostOf = (row: Row): number => bounds[row.occurs][1]
/** Whether the model holds a list. */
export const isList = (row: Row): boolean => mostOf(row) > 1
/** Whether the model holds an object; else it holds a text. */
export const isComplex = (row: Row): boolean => table[row.type] !== undefined
export const rawKindOf = (row: Row): RawKind | undefined => (rawKinds.has(row.type) ? (row.type as RawKind) : undefined)
export const simpleTypeOf = (row: Row): SimpleType | undefined => simpleTypes[row.type as SimpleTypeName]
/** Where the model keeps the attributes of an element that it keeps as XML text. */
export const attributesPropertyOf = (row: Row): string => `${propertyOf(row)}Attributes`
/** Whether the model keeps its attributes. */
export const keepsAttributes = (row: Row): boolean => row.type === 'rawChildren' || row.type === 'rawContent'

/** How often a release has the row: its own number, or the general one. */
function occursOf(row: Row, bit: ReleaseSet): Occurs {
  for (const [range, occurs] of Object.entries(row.occursIn ?? {})) if (releaseSet(range) & bit) return occurs
  return row.occurs
}

/**
 * A row, ready for use: what a walk over a document or a model would otherwise compute again for each element. All rows
 * have the same fields, set or not, in the same order: walks read them often, and engines like likeness.
 */
export class ShapeRow implements Row {
  readonly name: string
  /** The name in the model. */
  readonly property: string
  readonly at?: Row['at']
  readonly occurs: Occurs
  readonly type: string
  readonly namespace?: Row['namespace']
  readonly inline?: true
  readonly unwrap?: true
  readonly alternative?: string
  readonly predefined?: readonly string[]
  readonly dataUri?: true
  readonly secondIs?: string
  readonly in?: ReleaseRange
  readonly occursIn?: Row['occursIn']
  readonly doc?: string
  /** Releases that have the row. */
  readonly releases: ReleaseSet
  /** Releases that do not have the row. */
  readonly unknownIn: ReleaseSet
  /** How often it stands at least, in every release that has it: what the model promises. */
  readonly least: number
  /** Releases that have the row and cannot do without it. */
  readonly requiredIn: ReleaseSet
  /** Releases that have the row and take it once at most. */
  readonly singleIn: ReleaseSet
  /** How many any release takes. */
  readonly most: number
  /** Whether the model holds a list. */
  readonly isList: boolean
  readonly isComplex: boolean
  readonly rawKind?: RawKind
  readonly simpleType?: SimpleType
  /** The namespace that the name is in; undefined for the document's own, '' for an attribute in none. */
  readonly uri?: string
  /** What a reader takes for another spelling of a value that the format names, in small letters. */
  readonly spellings?: ReadonlyMap<string, string>
  /** Whether the model holds its value as text, object or list of such, under its own name. */
  readonly isPlain: boolean
  /** Of an attribute: `attributeKey` of its name; else -1. */
  readonly key: number
  /** Set when the shape of the row is ready: types nest. */
  shape!: Shape

  constructor(row: Row) {
    this.name = row.name
    this.property = propertyOf(row)
    this.at = row.at
    this.occurs = row.occurs
    this.type = row.type
    this.namespace = row.namespace
    this.inline = row.inline
    this.unwrap = row.unwrap
    this.alternative = row.alternative
    this.predefined = row.predefined
    this.dataUri = row.dataUri
    this.secondIs = row.secondIs
    this.in = row.in
    this.occursIn = row.occursIn
    this.doc = row.doc
    this.releases = row.in === undefined ? allReleases : releaseSet(row.in)
    this.unknownIn = allReleases & ~this.releases
    this.least = leastOf(row)
    let required = 0
    let single = 0
    for (let bit = 1; bit <= allReleases; bit <<= 1) {
      const [least, most] = bounds[occursOf(row, bit)]
      if (least > 0) required |= bit
      if (most === 1) single |= bit
    }
    this.requiredIn = required & this.releases
    this.singleIn = single & this.releases
    this.most = mostOf(row)
    this.isList = isList(row)
    this.isComplex = isComplex(row)
    this.rawKind = rawKindOf(row)
    this.simpleType = simpleTypeOf(row)
    this.isPlain = !row.inline && this.rawKind === undefined
    if (row.predefined !== undefined) {
      this.spellings = new Map(row.predefined.map((value) => [value.toLowerCase(), value]))
    }
    if (row.namespace !== undefined) this.uri = namespaces[row.namespace]
    else if (row.at === 'attribute') this.uri = ''
    this.key = row.at === 'attribute' ? attributeKey(row.name, this.uri ?? '') : -1
  }
}

const numbers = new Map<string, number>()
for (const { rows } of Object.values(table)) {
  for (const { name } of rows) if (!numbers.has(name)) numbers.set(name, numbers.size)
}

/** The number of a name that some row has; -1 for any other. */
export const nameNumber = (localName: string): number => numbers.get(localName) ?? -1

/** One number for a name of an attribute with its namespace; -1 where no row has that name in that kind of namespace. */
export function attributeKey(localName: string, uri: string): number {
  if (uri !== '' && uri !== namespaces.xml) return -1
  const number = nameNumber(localName)
  return number < 0 || uri === '' ? number : number + numbers.size
}

/** A set of rows, bit n for the nth. */
const bitsOf = (rows: readonly ShapeRow[], holds: (row: ShapeRow) => boolean): number =>
  rows.reduce((bits, row, index) => (holds(row) ? bits | (1 << index) : bits), 0)

function placesOf(elements: readonly ShapeRow[], holds = (_: ShapeRow) => true): Int8Array {
  const places = new Int8Array(numbers.size).fill(-1)
  elements.forEach((row, index) => {
    if (holds(row)) places[nameNumber(row.name)] = index
  })
  return places
}

/** Objects of an attribute and a text, by the name of the attribute: as literals they cost least. */
const pairs: Readonly<Record<string, NonNullable<Shape['makePair']>>> = {
  lang: (lang, value) => ({ lang, value }),
  type: (type, value) => ({ type, value }),
}

function makePairOf(attributes: readonly ShapeRow[], text?: ShapeRow): Shape['makePair'] {
  const [attribute] = attributes
  if (text?.property !== 'value' || text.dataUri || attribute === undefined || attributes.length > 1) return undefined
  return attribute.unknownIn === 0 ? pairs[attribute.property] : undefined
}

function propertiesOf(row: Row): readonly string[] {
  if (row.inline) return [...shapeOf(row.type).properties]
  return keepsAttributes(row) ? [propertyOf(row), attributesPropertyOf(row)] : [propertyOf(row)]
}

function makeShape(type: string): Shape & { readonly rows: readonly ShapeRow[] } {
  const complex = table[type]
  const rows = complex?.rows ?? [{ name: 'value', at: 'text', occurs: '1', type } satisfies Row]
  const compiled = rows.map((row) => new ShapeRow(row))
  const elements = compiled.filter((row) => row.at === undefined)
  const anyIn = complex?.anyIn === undefined ? 0 : releaseSet(complex.anyIn)
  const attributes = compiled.filter((row) => row.at === 'attribute')
  const text = compiled.find((row) => row.at === 'text')
  return {
    type,
    rows: compiled,
    attributes,
    requiresAttributes: compiled.some((row) => row.at === 'attribute' && row.requiredIn !== 0),
    text,
    elements,
    elementAt: placesOf(elements),
    ownAt: placesOf(elements, ({ uri }) => uri === undefined),
    limited: bitsOf(elements, (row) => row.releases !== allReleases),
    required: bitsOf(elements, (row) => row.requiredIn !== 0),
    bounded: bitsOf(elements, (row) => row.singleIn !== 0 || row.most !== Infinity),
    makePair: makePairOf(attributes, text),
    alternatives: [...new Set(elements.flatMap(({ alternative = [] }) => alternative))].map((name) =>
      bitsOf(elements, (row) => row.alternative === name),
    ),
    order: new Map(elements.map((row, index) => [row.name, index])),
    properties: new Set([...rows.flatMap(propertiesOf), ...(anyIn === 0 ? [] : ['raw', 'attributes'])]),
    anyIn,
  }
}

const shapes = new Map<string, Shape>()

/** The shape of a type of the table or of a simple type, with the rows of every release. */
export function shapeOf(type: string): Shape {
  const known = shapes.get(type)
  if (known !== undefined) return known
  const shape = makeShape(type)
  shapes.set(type, shape)
  for (const row of shape.rows) row.shape = row.at === 'text' && table[type] === undefined ? shape : shapeOf(row.type)
  return shape
}

/** The document itself. */
export const rootRow: ShapeRow = Object.assign(new ShapeRow({ name: 'elmo', occurs: '1', type: 'Elmo' }), {
  shape: shapeOf('Elmo'),
})

/** The releases whose documents have their root in a namespace; none for one that no release has. */
export function releasesOfNamespace(namespace: string): ReleaseSet {
  if (namespace === namespaces.elmo2) return releaseBit('2.1.1')
  return namespace === namespaces.elmo ? allReleases & ~releaseBit('2.1.1') : 0
}
