import { checkReferences } from './check-references.js'
import { checkValue, normalise } from './check-value.js'
import type { ElmoProblem } from '../elmo-error.js'
import { hasForbiddenCharacter } from '../xml/escape-xml.js'
import { namespaces } from '../grammar/namespaces.js'
import type { RawKind, Row } from '../grammar/row.js'
import { isComplex, isList, leastOf, mostOf, propertyOf, rawKindOf, rootRow, shapeOf } from '../grammar/shape.js'
import { defaultLimits } from '../limits.js'
import { fieldsOf, valuesOf, type Fields } from './model-fields.js'
import type { Elmo } from '../model.js'
import { attributePlace, pathOf, type Place } from './place.js'
import { ProblemList } from './problem-list.js'
import { parseRawContent, parseRawElement } from '../xml/raw-xml.js'

type Report = (place: Place, rule: string, message: string) => void

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function checkText(row: Row, value: unknown, place: Place, report: Report): void {
  if (typeof value !== 'string') return report(place, 'GRAMMAR-SHAPE', 'must be text')
  if (hasForbiddenCharacter(value)) {
    return report(place, 'GRAMMAR-CHARACTER', 'holds a character that XML cannot carry')
  }
  const finding = checkValue(row, normalise(row, value))
  if (finding !== undefined) report(place, finding.rule, finding.message)
}

function checkRawElement(raw: unknown, kind: RawKind, place: Place, report: Report): void {
  if (typeof raw !== 'string') return report(place, 'GRAMMAR-SHAPE', 'must be XML text')
  try {
    if (kind === 'rawContent') return void parseRawContent(raw)
    const { namespace, localName } = parseRawElement(raw).element
    const fits =
      kind === 'rawElement'
        ? namespace === namespaces.ds && localName === place.name
        : namespace !== '' && namespace !== namespaces.elmo
    if (!fits) report(place, 'GRAMMAR-EXTENSION', 'holds an element of a wrong namespace')
  } catch {
    report(place, 'GRAMMAR-RAW', 'holds XML that is not well-formed by itself')
  }
}

function checkRaw(kind: RawKind, value: unknown, place: Place, report: Report): void {
  if (kind !== 'rawChildren') return checkRawElement(value, kind, place, report)
  if (!Array.isArray(value)) return report(place, 'GRAMMAR-SHAPE', 'must be a list of XML texts')
  for (const raw of value) checkRawElement(raw, kind, place, report)
}

function checkCount(row: Row, count: number, place: Place, report: Report): void {
  const thing = row.at === undefined ? 'element' : row.at
  if (count < leastOf(row)) report(place, 'GRAMMAR-MISSING', `the ${thing} "${row.name}" is missing`)
  if (count > mostOf(row)) report(place, 'GRAMMAR-TOO-MANY', `"${row.name}" may stand ${mostOf(row)} times at most`)
}

function checkFields(type: string, fields: unknown, place: Place, report: Report): void {
  if (!isRecord(fields)) return report(place, 'GRAMMAR-SHAPE', 'must be an object')
  const shape = shapeOf(type)
  for (const row of [...shape.attributes, ...(shape.text === undefined ? [] : [shape.text])]) {
    const value = fields[propertyOf(row)]
    checkCount(row, value === undefined ? 0 : 1, place, report)
    if (value !== undefined)
      checkText(row, value, row.at === 'attribute' ? attributePlace(place, row.name) : place, report)
  }
  const alternatives = new Set<string>()
  for (const row of shape.elements) {
    const given = fields[propertyOf(row)]
    if (isList(row) && !row.inline && given !== undefined && !Array.isArray(given)) {
      report(place, 'GRAMMAR-SHAPE', `${propertyOf(row)} must be a list`)
      continue
    }
    const values = valuesOf(row, fields)
    checkCount(row, values.length, place, report)
    if (row.alternative !== undefined && values.length > 0) alternatives.add(row.alternative)
    values.forEach((value, index) => {
      const below = {
        parent: place,
        name: row.name,
        index: isList(row) ? index + 1 : undefined,
        depth: place.depth + 1,
      }
      checkElement(row, value, below, report)
    })
  }
  if (alternatives.size > 1) {
    report(place, 'GRAMMAR-CHOICE', `${[...alternatives].join(' and ')} exclude one another`)
  }
}

function checkUnknown(row: Row, value: unknown, place: Place, report: Report): void {
  if (row.inline || row.unwrap || !isRecord(value)) return
  const { properties } = shapeOf(row.type)
  for (const [name, held] of Object.entries(value)) {
    if (held !== undefined && !properties.has(name)) {
      report(place, 'GRAMMAR-UNKNOWN-PROPERTY', `"${name}" is not known here`)
    }
  }
}

function checkElement(row: Row, value: unknown, place: Place, report: Report): void {
  if (place.depth > defaultLimits.maxDepth) {
    return report(
      place,
      'GRAMMAR-DEPTH',
      `nested deeper than ${defaultLimits.maxDepth} elements, which no reader takes`,
    )
  }
  const kind = rawKindOf(row)
  if (kind !== undefined) return checkRaw(kind, value, place, report)
  if (!isComplex(row)) return checkText(row, value, place, report)
  checkUnknown(row, value, place, report)
  checkFields(row.type, fieldsOf(row, value), place, report)
}

/**
 * Every way in which the model breaks ELMO 1.7.0: occurrence, values, enumerations, text that XML cannot carry, raw XML
 * that does not stand alone, references into the void, properties that the format does not know. Empty = valid.
 *
 * Each problem has a path of element names; none quotes a value. After 1000 a last one, `TOO-MANY-PROBLEMS`, says how many
 * more there are.
 *
 * Spec: ELMO 1.7.0 schema.xsd; rules LOI-SCHEME-REF and LOI-ATT-REF follow from its annotations.
 */
export function validateElmo(elmo: Elmo): ElmoProblem[] {
  const problems = new ProblemList()
  checkElement(rootRow, elmo, { name: 'elmo', depth: 1 }, (place, rule, message) =>
    problems.add(rule, () => ({ message, path: pathOf(place) })),
  )
  // References are only followed through a model that has its shape and comes to an end.
  if (!problems.breaks('GRAMMAR-SHAPE') && !problems.breaks('GRAMMAR-DEPTH')) checkReferences(elmo, problems)
  return problems.toArray()
}
