import type { Row } from '../grammar/row.js'
import { isComplex, isList, leastOf, propertyOf, shapeOf } from '../grammar/shape.js'

function emptyFields(type: string): Record<string, unknown> {
  const shape = shapeOf(type)
  const rows = [...shape.attributes, ...(shape.text === undefined ? [] : [shape.text]), ...shape.elements]
  return Object.assign({}, ...rows.filter((row) => leastOf(row) > 0).map(emptyValue)) as Record<string, unknown>
}

/**
 * What stands in the model for something required that a document lacks: empty text, an empty list, an object of such.
 * Given as properties of the parent, because an inline element has several.
 */
export function emptyValue(row: Row): Record<string, unknown> {
  if (row.inline) return emptyFields(row.type)
  if (isList(row)) return { [propertyOf(row)]: [] }
  return { [propertyOf(row)]: isComplex(row) ? emptyFields(row.type) : '' }
}
