import type { ElmoProblem } from '../elmo-error.js'
import { attributesPropertyOf, keepsAttributes, leastOf, type Shape, type ShapeRow } from '../grammar/shape.js'
import { defaultLimits } from '../limits.js'
import type { Fields } from '../document/model-fields.js'

/** Where in the JSON: spelt out only for a problem. */
interface JsonPlace {
  readonly parent?: JsonPlace
  readonly key: string
  readonly depth: number
}

/** Spec: RFC 6901. The names are those of the format, so nothing needs to be escaped. */
const pointerOf = ({ parent, key }: JsonPlace): string => (parent === undefined ? key : `${pointerOf(parent)}/${key}`)

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const attributeKeys = ['name', 'namespace', 'value']

/** One copy of a model, or of what should be one, made by the table: what the types promise, and nothing else. */
export class ModelCopy {
  readonly problems: ElmoProblem[] = []

  /** `besides` names properties that are not the model's and are somebody else's matter. */
  root(shape: Shape, given: unknown, besides: readonly string[] = []): Fields {
    return this.#object(shape, given, { key: '', depth: 1 }, besides)
  }

  #report(place: JsonPlace, rule: string, message: string): undefined {
    this.problems.push({ rule, message, path: pointerOf(place) })
  }

  #object(shape: Shape, given: unknown, place: JsonPlace, besides: readonly string[] = []): Fields {
    if (!isRecord(given)) return this.#report(place, 'GRAMMAR-SHAPE', 'must be an object') ?? {}
    if (place.depth > defaultLimits.maxDepth) {
      return this.#report(place, 'GRAMMAR-DEPTH', `nested deeper than ${defaultLimits.maxDepth} levels`) ?? {}
    }
    for (const key of Object.keys(given)) {
      if (shape.properties.has(key) || besides.includes(key) || given[key] === undefined) continue
      this.#report(place, 'GRAMMAR-UNKNOWN-PROPERTY', 'a property that is not known here')
    }
    const copy: Record<string, unknown> = {}
    this.#fields(shape, given, place, false, copy)
    if (shape.anyIn !== 0) {
      this.#set(copy, 'raw', this.#text, given, place)
      this.#set(copy, 'attributes', this.#attributes, given, place)
    }
    return copy
  }

  #fields(shape: Shape, given: Fields, place: JsonPlace, optional: boolean, copy: Record<string, unknown>): void {
    const rows = [...shape.attributes, ...(shape.text === undefined ? [] : [shape.text]), ...shape.elements]
    for (const row of rows) {
      const mayLack = optional || leastOf(row) === 0
      if (row.inline) {
        this.#fields(row.shape, given, place, mayLack, copy)
        continue
      }
      if (keepsAttributes(row)) this.#set(copy, attributesPropertyOf(row), this.#attributes, given, place)
      if (given[row.property] === undefined && !mayLack) {
        this.#report(place, 'GRAMMAR-MISSING', `the property "${row.property}" is missing`)
      }
      const read = (value: unknown, at: JsonPlace): unknown =>
        row.isList ? this.#list(value, at, (each, below) => this.#one(row, each, below)) : this.#one(row, value, at)
      this.#set(copy, row.property, read, given, place)
    }
  }

  #set(
    copy: Record<string, unknown>,
    property: string,
    read: (value: unknown, place: JsonPlace) => unknown,
    given: Fields,
    place: JsonPlace,
  ): void {
    const value = given[property]
    if (value !== undefined) copy[property] = read(value, { parent: place, key: property, depth: place.depth + 1 })
  }

  #one(row: ShapeRow, value: unknown, place: JsonPlace): unknown {
    if (row.rawKind === 'rawChildren') return this.#list(value, place, this.#text)
    if (!row.isComplex) return this.#text(value, place)
    const only = row.unwrap ? row.shape.elements[0] : undefined
    if (only === undefined) return this.#object(row.shape, value, place)
    return only.isList
      ? this.#list(value, place, (each, at) => this.#one(only, each, at))
      : this.#one(only, value, place)
  }

  readonly #text = (value: unknown, place: JsonPlace): unknown =>
    typeof value === 'string' ? value : this.#report(place, 'GRAMMAR-SHAPE', 'must be text')

  readonly #attributes = (value: unknown, place: JsonPlace): unknown =>
    this.#list(value, place, (each, at) => {
      const isSound =
        isRecord(each) &&
        Object.keys(each).every((key) => attributeKeys.includes(key)) &&
        attributeKeys.every((key) => typeof each[key] === 'string')
      return isSound ? { ...each } : this.#report(at, 'GRAMMAR-SHAPE', 'must be an attribute: name, namespace, value')
    })

  #list(value: unknown, place: JsonPlace, read: (value: unknown, place: JsonPlace) => unknown): unknown {
    if (!Array.isArray(value)) return this.#report(place, 'GRAMMAR-SHAPE', 'must be a list')
    return value.map((each, index) => read(each, { parent: place, key: String(index), depth: place.depth }))
  }
}
