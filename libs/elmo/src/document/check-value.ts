import type { Row } from '../grammar/row.js'
import { simpleTypeOf } from '../grammar/shape.js'

/** What is wrong with a value: a rule and plain words, never the value itself. */
export interface Finding {
  readonly rule: string
  readonly message: string
}

/** The text as `xs:token` has it: no white space around, one blank between. */
export function collapse(text: string): string {
  if (!/[\t\n\r]|^ | $| {2}/.test(text)) return text
  return text.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '')
}

/** The text as a reader of the row's type sees it: white space collapsed where the type says so. */
export const normalise = (row: Row, text: string): string =>
  simpleTypeOf(row)?.whiteSpace === 'collapse' ? collapse(text) : text

const equalsButCase = (values: readonly string[], text: string): string | undefined =>
  values.find((value) => value !== text && value.toLowerCase() === text.toLowerCase())

/** What breaks the row's simple type in a normalised text, or undefined. */
export function checkValue(row: Row, text: string): Finding | undefined {
  const type = simpleTypeOf(row)
  if (type === undefined) return undefined
  if (type.isValid?.(text) === false) return { rule: 'GRAMMAR-VALUE', message: `must be ${type.words}` }
  if (type.values === undefined || type.values.includes(text)) return undefined
  const meant = equalsButCase(type.values, text)
  if (meant !== undefined) return { rule: 'P-CASE', message: `must be written "${meant}"` }
  return { rule: 'GRAMMAR-ENUM', message: `must be ${type.words}` }
}

/** A notice for free text that only differs in case from a value the format names, such as `ECTS` for `ects`. */
export function checkSpelling(row: Row, text: string): Finding | undefined {
  const meant = row.predefined?.includes(text) ? undefined : equalsButCase(row.predefined ?? [], text)
  return meant === undefined ? undefined : { rule: 'P-CASE', message: `should be written "${meant}"` }
}
