import { ElmoError } from '../elmo-error.js'
import type { ShapeRow } from '../grammar/shape.js'
import { pointer } from './loss-report.js'
import { maxDepth } from './passed-results.js'
import { propertyRows } from './release-rows.js'

type Fields = Readonly<Record<string, unknown>>

const refuse = (message: string, path: string): never => {
  throw new ElmoError('ELMO_INVALID', message, { path })
}

/**
 * Refuses a model that has not the shape of its types, before anything looks into it: lists, objects and texts where they
 * belong. What is missing, and values that mean nothing, are for the validator. Unlike `ModelCopy`, which makes plain JSON of
 * a whole model, it reads no long text.
 * @throws {ElmoError} ELMO_INVALID, ELMO_TOO_DEEP when it has no end
 */
export function checkModel(model: unknown): void {
  checkObject('Elmo', model, '', 0)
}

function checkObject(type: string, value: unknown, path: string, depth: number): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('a part of the document is no object', path)
  if (depth > maxDepth) throw new ElmoError('ELMO_TOO_DEEP', 'the document is nested too deeply', { path })
  // A content may be long, and is only read when somebody needs it.
  if (type === 'AttachmentContent') return
  for (const { property, row } of propertyRows(type)) {
    const held = (value as Fields)[property]
    if (held === undefined || row === undefined) continue
    const own = pointer(path, property)
    if (row.isList) checkList(held, own, (each, place) => checkOne(row, each, place, depth + 1))
    else checkOne(row, held, own, depth + 1)
  }
}

function checkList(value: unknown, path: string, check: (each: unknown, path: string) => void): void {
  if (!Array.isArray(value)) return refuse('a list of the document is not a list', path)
  value.forEach((each, index) => check(each, pointer(path, index)))
}

function checkOne(row: ShapeRow, value: unknown, path: string, depth: number): void {
  if (row.rawKind === 'rawChildren') return checkList(value, path, checkText)
  if (!row.isComplex) return checkText(value, path)
  const only = row.unwrap ? row.shape.elements[0] : undefined
  if (only === undefined) return checkObject(row.type, value, path, depth)
  if (only.isList) return checkList(value, path, (each, place) => checkOne(only, each, place, depth + 1))
  checkOne(only, value, path, depth)
}

function checkText(value: unknown, path: string): void {
  if (typeof value !== 'string') refuse('a text of the document is no text', path)
}
