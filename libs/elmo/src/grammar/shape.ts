import { allReleases, defaultRelease, releaseBit, releaseSet } from './releases.js'
import type { Occurs, RawKind, Row } from './row.js'
import { simpleTypes, type SimpleType, type SimpleTypeName } from './simple-types.js'
import { table } from './table.js'

/** A type of the table, ready for use. A simple type is a shape with text alone. */
export interface Shape {
  readonly attributes: readonly Row[]
  readonly text?: Row
  /** In the order of a document. */
  readonly elements: readonly Row[]
  /** The place of each child element among `elements`. */
  readonly order: ReadonlyMap<string, number>
  /** The names that its value has in the model, those of inline elements included. */
  readonly properties: ReadonlySet<string>
}

const rawKinds: ReadonlySet<string> = new Set<RawKind>(['rawChildren', 'rawContent', 'rawElement'])
const bounds: Record<Occurs, readonly [number, number]> = {
  '1': [1, 1],
  '?': [0, 1],
  '+': [1, Infinity],
  '*': [0, Infinity],
  '0..4': [0, 4],
}

/** The document itself. */
export const rootRow: Row = { name: 'elmo', occurs: '1', type: 'Elmo' }

/** The name of a row in the model. */
export const propertyOf = (row: Row): string => row.property ?? row.name
export const leastOf = (row: Row): number => bounds[row.occurs][0]
export const mostOf = (row: Row): number => bounds[row.occurs][1]
/** Whether the model holds a list. */
export const isList = (row: Row): boolean => mostOf(row) > 1
/** Whether the model holds an object; else it holds a text. */
export const isComplex = (row: Row): boolean => table[row.type] !== undefined
export const rawKindOf = (row: Row): RawKind | undefined => (rawKinds.has(row.type) ? (row.type as RawKind) : undefined)
export const simpleTypeOf = (row: Row): SimpleType | undefined => simpleTypes[row.type as SimpleTypeName]

const inDefaultRelease = (row: Row): boolean =>
  ((row.in === undefined ? allReleases : releaseSet(row.in)) & releaseBit(defaultRelease)) !== 0

function makeShape(type: string): Shape {
  const rows = table[type]?.rows.filter(inDefaultRelease)
  if (rows === undefined) {
    const text: Row = { name: 'value', at: 'text', occurs: '1', type }
    return { attributes: [], text, elements: [], order: new Map(), properties: new Set(['value']) }
  }
  const properties = rows.flatMap((row) => (row.inline ? [...shapeOf(row.type).properties] : [propertyOf(row)]))
  const elements = rows.filter((row) => row.at === undefined)
  return {
    attributes: rows.filter((row) => row.at === 'attribute'),
    text: rows.find((row) => row.at === 'text'),
    elements,
    order: new Map(elements.map((row, index) => [row.name, index])),
    properties: new Set(properties),
  }
}

const shapes = new Map<string, Shape>()

/** The shape of a type of the table or of a simple type. */
export function shapeOf(type: string): Shape {
  const known = shapes.get(type)
  if (known !== undefined) return known
  const shape = makeShape(type)
  shapes.set(type, shape)
  return shape
}
