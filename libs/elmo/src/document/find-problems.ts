import { xmlNamespace, xmlnsNamespace } from '../xml/xml-names.js'
import { checkCount, checkRelease } from './check-count.js'
import { checkRaw } from './check-raw.js'
import { checkValue, normalise, type Finding } from './check-value.js'
import { ElmoError, type ElmoProblem } from '../elmo-error.js'
import { hasForbiddenCharacter } from '../xml/escape-xml.js'
import { allReleases, releaseBit, releasesOf, type Release, type ReleaseSet } from '../grammar/releases.js'
import type { RawKind } from '../grammar/row.js'
import { attributesPropertyOf, keepsAttributes, rootRow, type Shape, type ShapeRow } from '../grammar/shape.js'
import { defaultLimits } from '../limits.js'
import { fieldsOf, valuesOf, type Fields } from './model-fields.js'
import type { Elmo } from '../model.js'
import { attributePlace, pathOf, type Place } from './place.js'
import { ProblemList } from './problem-list.js'

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One walk over one model; a finding counts when it breaks one of the wanted releases. */
class ModelCheck {
  readonly problems = new ProblemList()

  constructor(private readonly wanted: ReleaseSet) {}

  private add(place: Place, { rule, message, breaks }: Finding): void {
    if ((breaks & this.wanted) === 0) return
    this.problems.add(rule, () => ({ message, path: pathOf(place), releases: releasesOf(breaks) }))
  }

  private refuse(place: Place, rule: string, message: string): void {
    this.add(place, { rule, message, breaks: allReleases })
  }

  element(row: ShapeRow, value: unknown, place: Place): void {
    if (place.depth > defaultLimits.maxDepth) {
      const message = `nested deeper than ${defaultLimits.maxDepth} elements, which no reader takes`
      return this.refuse(place, 'GRAMMAR-DEPTH', message)
    }
    if (row.rawKind !== undefined) return this.raw(row.rawKind, value, place)
    if (!row.isComplex) return this.text(row, value, place)
    this.unknown(row, value, place)
    this.fields(row.shape, fieldsOf(row, value), place)
  }

  private fields(shape: Shape, fields: unknown, place: Place): void {
    if (!isRecord(fields)) return this.refuse(place, 'GRAMMAR-SHAPE', 'must be an object')
    for (const row of shape.attributes) this.single(row, fields[row.property], place, attributePlace(place, row.name))
    if (shape.text !== undefined) this.single(shape.text, fields[shape.text.property], place, place)
    if (shape.anyIn !== 0) this.anything(shape, fields, place)
    const alternatives = new Set<string>()
    for (const row of shape.elements) {
      const given = fields[row.property]
      if (row.isList && !row.inline && given !== undefined && !Array.isArray(given)) {
        this.refuse(place, 'GRAMMAR-SHAPE', `${row.property} must be a list`)
        continue
      }
      if (keepsAttributes(row)) this.attributes(fields[attributesPropertyOf(row)], place, row.type === 'rawChildren')
      const values = valuesOf(row, fields)
      // A signature comes with signing, after writing.
      if (values.length > 0 || row.type !== 'rawElement') this.count(row, values.length, place)
      if (row.alternative !== undefined && values.length > 0) alternatives.add(row.alternative)
      values.forEach((value, index) => {
        const below = {
          parent: place,
          name: row.name,
          index: row.isList ? index + 1 : undefined,
          depth: place.depth + 1,
        }
        this.element(row, value, below)
      })
    }
    if (alternatives.size > 1) {
      this.refuse(place, 'GRAMMAR-CHOICE', `${[...alternatives].join(' and ')} exclude one another`)
    }
  }

  private count(row: ShapeRow, count: number, place: Place): void {
    const finding = checkCount(row, count)
    if (finding !== undefined) this.add(place, finding)
    const release = count > 0 ? checkRelease(row) : undefined
    if (release !== undefined) this.add(place, release)
  }

  private single(row: ShapeRow, value: unknown, holder: Place, place: Place): void {
    this.count(row, value === undefined ? 0 : 1, holder)
    if (value !== undefined) this.text(row, value, place)
  }

  private text(row: ShapeRow, value: unknown, place: Place): void {
    if (typeof value !== 'string') return this.refuse(place, 'GRAMMAR-SHAPE', 'must be text')
    if (hasForbiddenCharacter(value)) {
      return this.refuse(place, 'GRAMMAR-CHARACTER', 'holds a character that XML cannot carry')
    }
    const finding = checkValue(row, normalise(row, value))
    if (finding !== undefined) this.add(place, finding)
  }

  /** Content of any kind, which only some releases take. */
  private anything({ anyIn }: Shape, { raw, attributes }: Fields, place: Place): void {
    const breaks = allReleases & ~anyIn
    if (raw !== undefined) {
      this.rawXml(raw, 'rawContent', place)
      this.add(place, { rule: 'GRAMMAR-RELEASE', message: 'holds elements, which this release does not take', breaks })
    }
    this.attributes(attributes, place)
    if (attributes !== undefined) {
      this.add(place, { rule: 'GRAMMAR-RELEASE', message: 'has attributes that this release does not take', breaks })
    }
  }

  /** Of an extension only those are known that XML itself defines; elsewhere any may stand. */
  attributes(list: unknown, place: Place, ofExtension = false): void {
    if (list === undefined) return
    const isSound =
      Array.isArray(list) &&
      list.every(
        (each) => isRecord(each) && [each.name, each.namespace, each.value].every((x) => typeof x === 'string'),
      )
    if (!isSound) return this.refuse(place, 'GRAMMAR-SHAPE', 'attributes must be a list of name, namespace and value')
    const seen = new Set<string>()
    for (const { name, namespace, value } of list as { name: string; namespace: string; value: string }[]) {
      if (seen.has(`${name} ${namespace}`)) this.refuse(place, 'GRAMMAR-RAW', 'an attribute stands twice')
      seen.add(`${name} ${namespace}`)
      if (!/^[\p{L}_][\p{L}\p{N}_.·-]*$/u.test(name)) {
        this.refuse(place, 'GRAMMAR-RAW', 'an attribute has no valid name')
      } else if (namespace === xmlnsNamespace || (namespace === '' && name === 'xmlns')) {
        this.refuse(place, 'GRAMMAR-RAW', 'a namespace declaration is no attribute')
      } else if (ofExtension && !(namespace === xmlNamespace && /^(lang|space|base)$/.test(name))) {
        this.refuse(place, 'GRAMMAR-UNKNOWN-ATTRIBUTE', 'an extension takes no attributes but those of XML')
      }
      if (hasForbiddenCharacter(value)) {
        this.refuse(place, 'GRAMMAR-CHARACTER', 'an attribute holds a character that XML cannot carry')
      }
    }
  }

  raw(kind: RawKind, value: unknown, place: Place): void {
    if (kind !== 'rawChildren') return this.rawXml(value, kind, place)
    if (!Array.isArray(value)) return this.refuse(place, 'GRAMMAR-SHAPE', 'must be a list of XML texts')
    for (const raw of value) this.rawXml(raw, kind, place)
  }

  private rawXml(raw: unknown, kind: RawKind, place: Place): void {
    if (typeof raw !== 'string') return this.refuse(place, 'GRAMMAR-SHAPE', 'must be XML text')
    let findings: readonly Finding[]
    try {
      findings = checkRaw(raw, kind)
    } catch (error) {
      if (!(error instanceof ElmoError)) throw error
      return this.refuse(place, 'GRAMMAR-RAW', 'holds XML that is not well-formed by itself')
    }
    for (const finding of findings) this.add(place, finding)
  }

  private unknown(row: ShapeRow, value: unknown, place: Place): void {
    if (row.inline || row.unwrap || !isRecord(value)) return
    for (const [name, held] of Object.entries(value)) {
      if (held !== undefined && !row.shape.properties.has(name)) {
        this.refuse(place, 'GRAMMAR-UNKNOWN-PROPERTY', `"${name}" is not known here`)
      }
    }
  }
}

/** What `validateElmo` tells, found by looking at everything. */
export function findProblems(elmo: Elmo, release: Release): ElmoProblem[] {
  const check = new ModelCheck(releaseBit(release))
  check.element(rootRow, elmo, { name: 'elmo', depth: 1 })
  return check.problems.toArray()
}

/** Whether XML kept as text, and the attributes kept beside it, may stand in the release. */
export function isRawRight(kind: RawKind, raw: unknown, attributes: unknown, release: Release): boolean {
  const check = new ModelCheck(releaseBit(release))
  const place = { name: '', depth: 1 }
  if (raw !== undefined) check.raw(kind, raw, place)
  check.attributes(attributes, place, kind === 'rawChildren')
  return check.problems.toArray().length === 0
}
