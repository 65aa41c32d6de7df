import type { Row } from '../grammar/row.js'
import { isComplex, isList, leastOf, propertyOf, shapeOf } from '../grammar/shape.js'

/** A value of the model, seen by the table. */
export type Fields = Readonly<Record<string, unknown>>

/** The elements that a row stands for, taken from the model value of its parent. */
export function valuesOf(row: Row, fields: Fields): readonly unknown[] {
  if (row.inline) return leastOf(row) > 0 || isGiven(row, fields) ? [fields] : []
  const value = fields[propertyOf(row)]
  if (value === undefined) return []
  return isList(row) ? (value as readonly unknown[]) : [value]
}

/** The properties of one element, taken from its model value: a text alone is `value`, an unwrapped child stands for it. */
export function fieldsOf(row: Row, value: unknown): Fields {
  if (!isComplex(row)) return { value }
  const only = shapeOf(row.type).elements[0]
  return row.unwrap && only !== undefined ? { [propertyOf(only)]: value } : (value as Fields)
}

/** Whether an element without a place of its own has a property in the model. */
const isGiven = (row: Row, fields: Fields): boolean =>
  [...shapeOf(row.type).properties].some((property) => fields[property] !== undefined)
