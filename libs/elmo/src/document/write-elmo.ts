import { normalise } from './check-value.js'
import { ElmoError } from '../elmo-error.js'
import { escapeAttribute, escapeText } from '../xml/escape-xml.js'
import { namespaces } from '../grammar/namespaces.js'
import type { RawKind, Row } from '../grammar/row.js'
import { propertyOf, rawKindOf, rootRow, shapeOf } from '../grammar/shape.js'
import { fieldsOf, valuesOf, type Fields } from './model-fields.js'
import type { Elmo } from '../model.js'
import { parseRawContent, parseRawElement } from '../xml/raw-xml.js'
import { validateElmo } from './validate-elmo.js'

const prefixes = { address: 'a:', ds: 'ds:', xml: 'xml:' } as const
const nameOf = (row: Row): string => (row.namespace === undefined ? row.name : prefixes[row.namespace] + row.name)

/** Declared where it is needed: the default namespace on the root, the one of addresses on each address. */
function declarationOf(type: string): string {
  if (type === 'Elmo') return ` xmlns="${namespaces.elmo}"`
  return type === 'FlexibleAddress' ? ` xmlns:a="${namespaces.address}"` : ''
}

function startTag(row: Row, fields: Fields): string {
  const attributes = shapeOf(row.type)
    .attributes.filter((attribute) => fields[propertyOf(attribute)] !== undefined)
    .map((attribute) => {
      const value = normalise(attribute, fields[propertyOf(attribute)] as string)
      return ` ${nameOf(attribute)}="${escapeAttribute(value)}"`
    })
  return `<${nameOf(row)}${declarationOf(row.type)}${attributes.join('')}`
}

function writeRaw(kind: RawKind, row: Row, value: unknown, indent: string, chunks: string[]): void {
  if (kind === 'rawElement') {
    chunks.push(indent, parseRawElement(value as string).xml, '\n')
  } else if (kind === 'rawContent') {
    chunks.push(indent, `<${row.name}>`, parseRawContent(value as string), `</${row.name}>\n`)
  } else {
    const elements = value as readonly string[]
    if (elements.length === 0) return void chunks.push(indent, `<${row.name}/>\n`)
    chunks.push(indent, `<${row.name}>`)
    // One by one: there may be more than a call takes arguments.
    for (const raw of elements) chunks.push(parseRawElement(raw).xml)
    chunks.push(`</${row.name}>\n`)
  }
}

function writeElement(row: Row, value: unknown, indent: string, chunks: string[]): void {
  const kind = rawKindOf(row)
  if (kind !== undefined) return writeRaw(kind, row, value, indent, chunks)
  const fields = fieldsOf(row, value)
  const shape = shapeOf(row.type)
  chunks.push(indent, startTag(row, fields))
  if (shape.text !== undefined) {
    const text = normalise(shape.text, (fields[propertyOf(shape.text)] as string | undefined) ?? '')
    // A big attachment is pushed as it is: joined and encoded once, at the end.
    if (text === '') chunks.push('/>\n')
    else chunks.push('>', escapeText(text), `</${nameOf(row)}>\n`)
    return
  }
  const children = shape.elements.filter(({ type }) => type !== 'unread')
  const written = children.flatMap((child) => valuesOf(child, fields).map((each) => [child, each] as const))
  if (written.length === 0) return void chunks.push('/>\n')
  chunks.push('>\n')
  for (const [child, each] of written) writeElement(child, each, `${indent}  `, chunks)
  chunks.push(indent, `</${nameOf(row)}>\n`)
}

function encode(chunks: readonly string[]): Uint8Array {
  const bytes = Buffer.alloc(chunks.reduce((sum, chunk) => sum + Buffer.byteLength(chunk), 0))
  let offset = 0
  for (const chunk of chunks) offset += bytes.write(chunk, offset)
  return bytes
}

/**
 * Writes the document as ELMO 1.7.0 in UTF-8.
 *
 * What it gives is valid by the official schema, the same for the same model, and reads back as the same model; only
 * white space in tokens is collapsed, as any reader would do.
 *
 * Spec: ELMO 1.7.0 schema.xsd.
 * @throws {ElmoError} ELMO_INVALID with every problem, when the model breaks the table
 */
export function writeElmo(elmo: Elmo): Uint8Array {
  const problems = validateElmo(elmo)
  if (problems.length > 0) {
    const message = `the document breaks ELMO 1.7.0 in ${problems.length} places; the first: ${problems[0]?.message}`
    throw new ElmoError('ELMO_INVALID', message, { path: problems[0]?.path, problems })
  }
  const chunks = ['<?xml version="1.0" encoding="UTF-8"?>\n']
  writeElement(rootRow, elmo, '', chunks)
  return encode(chunks)
}
