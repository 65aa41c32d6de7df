import { ElmoError } from '../elmo-error.js'
import type { Release } from '../grammar/releases.js'
import type { ShapeRow } from '../grammar/shape.js'
import type { Elmo, LearningOpportunitySpecification } from '../model.js'
import { adapt } from './adapt.js'
import { placeBelow, pointer, type LossReport, type Place } from './loss-report.js'
import { maxDepth, passedResults } from './passed-results.js'
import { hasProperty, isIn, propertyRows, type PropertyRow } from './release-rows.js'

export interface ConversionOptions {
  /** What to do where ELMO 2 demands an identifier and there is none: generate a marked one (default), or say so. */
  readonly missingIdentifiers?: 'generate' | 'report'
}

export type Fields = Record<string, unknown>

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** One conversion: walks the source by the table, adapts each object to the release and takes what the release knows. */
export class ElmoConversion {
  readonly #knowsStatus: boolean

  constructor(
    readonly release: Release,
    readonly options: ConversionOptions,
    readonly report: LossReport,
  ) {
    this.#knowsStatus = hasProperty('LearningOpportunityInstance', 'status', release)
  }

  document(elmo: Elmo): Elmo {
    return this.#object('Elmo', elmo, { from: '', to: '' }, 0) as unknown as Elmo
  }

  #value(row: ShapeRow, value: unknown, place: Place, depth: number): unknown {
    if (!row.isComplex) return value
    const only = row.unwrap ? row.shape.elements[0] : undefined
    if (only === undefined) return this.#object(row.type, value, place, depth)
    return only.isList
      ? this.#list(value, place).map((each, index) => this.#value(only, each, placeBelow(place, index), depth + 1))
      : this.#value(only, value, place, depth)
  }

  #list(value: unknown, { from }: Place): readonly unknown[] {
    if (Array.isArray(value)) return value as readonly unknown[]
    throw new ElmoError('ELMO_INVALID', 'a list of the document is not a list', { path: from })
  }

  #object(type: string, value: unknown, place: Place, depth: number): Fields {
    if (!isRecord(value))
      throw new ElmoError('ELMO_INVALID', 'a part of the document is no object', { path: place.from })
    if (depth > maxDepth)
      throw new ElmoError('ELMO_TOO_DEEP', 'the document is nested too deeply', { path: place.from })
    if (type === 'AttachmentContent' && this.#isShared(value)) return value
    const fields = adapt(type, value, place, this)
    const rows = propertyRows(type)
    const result: Fields = {}
    for (const each of rows) {
      const held = fields[each.property]
      if (held === undefined) continue
      if (isIn(each.releases, this.release)) this.#take(each, held, place, depth, result)
      else this.report.add('NOT_IN_RELEASE', pointer(place.from, each.property))
    }
    const known = new Set(rows.map(({ property }) => property))
    for (const property of Object.keys(fields)) {
      if (known.has(property) || fields[property] === undefined) continue
      this.report.add('UNKNOWN_PROPERTY', pointer(place.from, property))
    }
    return result
  }

  /** A content may be long and be read on first use only: it goes over as it is, unless it holds what the release lacks. */
  #isShared({ raw, attributes }: Fields): boolean {
    return (raw === undefined && attributes === undefined) || hasProperty('AttachmentContent', 'raw', this.release)
  }

  #take({ row, property, singleIn }: PropertyRow, held: unknown, place: Place, depth: number, result: Fields): void {
    const below = placeBelow(place, property)
    if (row === undefined || !row.isList) {
      result[property] = row === undefined ? held : this.#value(row, held, below, depth + 1)
      return
    }
    const list = this.#list(held, below)
    if (row.type === 'LearningOpportunitySpecification' || row.type === 'HasPart') {
      const kept = this.#results(row, list, below, depth)
      if (kept.length > 0 || list.length === 0) result[property] = kept
      return
    }
    const most = isIn(singleIn, this.release) ? 1 : list.length
    list.slice(most).forEach((_, index) => this.report.add('TOO_MANY', pointer(below.from, most + index)))
    result[property] = list
      .slice(0, most)
      .map((each, index) => this.#value(row, each, placeBelow(below, index), depth + 1))
  }

  #results(row: ShapeRow, list: readonly unknown[], below: Place, depth: number): unknown[] {
    if (this.#knowsStatus) {
      return list.map((each, index) => this.#value(row, each, placeBelow(below, index), depth + 1))
    }
    const results = list as readonly LearningOpportunitySpecification[]
    return passedResults(results, below.from, this.report).map(({ los, from, movedUp }, index) => {
      const to = pointer(below.to, index)
      if (movedUp) this.report.add('PART_MOVED_UP', from, to)
      return this.#value(row, los, { from, to }, depth + 1)
    })
  }
}
