import type { ReleaseRange } from '../src/grammar/releases.js'
import type { ComplexType, Row } from '../src/grammar/row.js'
import {
  attributesPropertyOf,
  isComplex,
  isList,
  keepsAttributes,
  leastOf,
  propertyOf,
  rawKindOf,
  simpleTypeOf,
} from '../src/grammar/shape.js'
import { table } from '../src/grammar/table.js'

const comment = (...sentences: (string | undefined)[]): string => {
  const text = sentences.filter((sentence) => sentence !== undefined).join(' ')
  return text === '' ? '' : `/** ${text} */\n`
}

/** The type of a row in the model, before it is made a list. */
function modelType(row: Row): string {
  const raw = rawKindOf(row)
  if (raw !== undefined) return raw === 'rawChildren' ? 'RawXml[]' : 'RawXml'
  if (isComplex(row)) {
    const { model, rows } = table[row.type] as ComplexType
    const only = rows[0] as Row
    return model ?? (isList(only) ? `${modelType(only)}[]` : modelType(only))
  }
  const values = simpleTypeOf(row)?.values
  return values === undefined ? 'string' : [...values.map((value) => `'${value}'`), '(string & {})'].join(' | ')
}

/** `1.2.0-` as "1.2.0 and later". */
const rangeWords = (range: ReleaseRange): string =>
  range
    .split(' ')
    .map((part) => part.replace(/^-/, 'up to ').replace(/-$/, ' and later').replace('-', ' to '))
    .join(', ')

function property(row: Row): string {
  if (row.inline) {
    const { rows } = table[row.type] as ComplexType
    return rows
      .map((inner) => property(leastOf(row) === 0 ? { ...inner, occurs: '?', in: inner.in ?? row.in } : inner))
      .join('')
  }
  const since = row.in === undefined ? undefined : `In ELMO ${rangeWords(row.in)}.`
  const type = isList(row) ? `${modelType(row)}[]` : modelType(row)
  const attributes = keepsAttributes(row) ? `${attributesPropertyOf(row)}?: RawAttribute[]\n` : ''
  return `${comment(row.doc, since)}${propertyOf(row)}${leastOf(row) === 0 ? '?' : ''}: ${type}\n${attributes}`
}

/** Properties of a type that is `xs:anyType` in some releases. */
function anyProperties(range: ReleaseRange | undefined): string {
  if (range === undefined) return ''
  const raw = comment(
    'The whole content, where it has elements; `value` is then its text.',
    `In ELMO ${rangeWords(range)}.`,
  )
  return `${raw}raw?: RawXml\n${comment(`In ELMO ${rangeWords(range)}.`)}attributes?: RawAttribute[]\n`
}

/** The source of `src/model.ts` as the table gives it; unformatted. */
export function modelSource(): string {
  const seen = new Set<string>()
  const interfaces = Object.values(table).flatMap(({ model, doc, rows, anyIn }) => {
    if (model === undefined || seen.has(model)) return []
    seen.add(model)
    return [`${comment(doc)}export interface ${model} {\n${rows.map(property).join('')}${anyProperties(anyIn)}}`]
  })
  return [
    '// Written from the table in grammar/table.ts; a test compares them. Change the table, not this file.',
    '/** XML kept as it was written, able to stand alone: it declares every namespace that it uses. */\nexport type RawXml = string',
    '/** An attribute of an element that is kept as XML. The namespace is empty for none. */\nexport interface RawAttribute { name: string; namespace: string; value: string }',
    ...interfaces,
  ].join('\n\n')
}
