import { isComplex, propertyOf, shapeOf } from '../src/grammar/shape.js'
import { table } from '../src/grammar/table.js'
import { fieldsOf, valuesOf } from '../src/document/model-fields.js'
import type { Elmo } from '../src/model.js'

function collect(type: string, fields: Readonly<Record<string, unknown>>, used: Set<string>): void {
  const { attributes, text, elements } = shapeOf(type)
  for (const row of [...attributes, ...(text ? [text] : [])]) {
    if (fields[propertyOf(row)] !== undefined) used.add(`${type}.${row.name}`)
  }
  for (const row of elements) {
    for (const each of valuesOf(row, fields)) {
      used.add(`${type}.${row.name}`)
      if (isComplex(row)) collect(row.type, fieldsOf(row, each), used)
    }
  }
}

/** The rows of the table, as "Type.row", that none of the documents makes use of. */
export function unusedRows(documents: readonly Elmo[]): string[] {
  const used = new Set<string>()
  for (const elmo of documents) collect('Elmo', elmo as unknown as Readonly<Record<string, unknown>>, used)
  return Object.entries(table).flatMap(([type, { rows }]) =>
    rows.map((row) => `${type}.${row.name}`).filter((name) => !used.has(name)),
  )
}
