import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import { allReleases, releaseBit, releaseSet, type Release } from '../grammar/releases.js'
import type { RawKind, Row } from '../grammar/row.js'
import { isComplex, isList, leastOf, propertyOf, rawKindOf, rootRow, simpleTypeOf } from '../grammar/shape.js'
import { table } from '../grammar/table.js'

export interface PlannedText {
  readonly property: string
  readonly collapses: boolean
}

export interface PlannedAttribute extends PlannedText {
  /** Up to the opening quote. */
  readonly open: string
}

export interface PlannedElement {
  readonly property: string
  readonly isList: boolean
  readonly raw: RawKind | undefined
  /** The start tag up to its attributes, namespace declarations included. */
  readonly open: string
  readonly close: string
  /** Where the values of its own attributes and children stand. */
  readonly holder: 'value' | 'parent' | 'only child'
  /** For an element that has a text and nothing else. */
  readonly text: PlannedText | undefined
  /** For an inline element that may be absent: it stands where one of these properties is given. */
  readonly givenBy: readonly string[] | undefined
  /** Whether a source may stand for its text. */
  readonly isAttachmentContent: boolean
  readonly plan: WritePlan
}

/** How the values of one type are written in one release: what the table says, made ready once. */
export interface WritePlan {
  /** In the order of Canonical XML. */
  readonly attributes: readonly PlannedAttribute[]
  readonly text: PlannedText | undefined
  readonly elements: readonly PlannedElement[]
}

const prefixes = { address: 'a:', ds: 'ds:', xml: 'xml:' } as const
const nameOf = (row: Row): string => (row.namespace === undefined ? row.name : prefixes[row.namespace] + row.name)
const namespaceOf = (row: Row): string => (row.namespace === undefined ? '' : namespaces[row.namespace])

const plannedText = (row: Row): PlannedText => ({
  property: propertyOf(row),
  collapses: simpleTypeOf(row)?.whiteSpace === 'collapse',
})

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

class Planner {
  readonly #plans = new Map<string, WritePlan>()
  constructor(readonly release: Release) {}

  /** The plan of a type; a recursive type meets itself. */
  of(type: string): WritePlan {
    const known = this.#plans.get(type)
    if (known !== undefined) return known
    const rows = this.#rows(type)
    const elements: PlannedElement[] = []
    const text = rows.find(({ at }) => at === 'text')
    const plan = {
      attributes: rows
        .filter(({ at }) => at === 'attribute')
        .sort((a, b) => before(namespaceOf(a), namespaceOf(b)) || before(a.name, b.name))
        .map((row) => ({ ...plannedText(row), open: ` ${nameOf(row)}="` })),
      text: text && plannedText(text),
      elements,
    }
    this.#plans.set(type, plan)
    for (const row of rows) if (row.at === undefined) elements.push(this.element(row, type))
    return plan
  }

  element(row: Row, parent: string): PlannedElement {
    const name = nameOf(row)
    return {
      property: propertyOf(row),
      isList: isList(row),
      raw: rawKindOf(row),
      open: `<${name}${this.#declaration(row.type)}`,
      close: `</${name}>`,
      holder: row.inline ? 'parent' : row.unwrap ? 'only child' : 'value',
      text: isComplex(row) || rawKindOf(row) !== undefined ? undefined : plannedText(row),
      givenBy: row.inline && leastOf(row) === 0 ? this.#properties(row.type) : undefined,
      isAttachmentContent: parent === 'Attachment' && row.name === 'content',
      plan: this.of(row.type),
    }
  }

  #rows(type: string): Row[] {
    const bit = releaseBit(this.release)
    return (table[type]?.rows ?? []).filter((row) => (bit & (row.in === undefined ? allReleases : releaseSet(row.in))) !== 0)
  }

  #properties(type: string): string[] {
    return this.#rows(type).flatMap((row) => (row.inline ? this.#properties(row.type) : [propertyOf(row)]))
  }

  /** Declared where it is needed: the default namespace on the root, the one of addresses on each address. */
  #declaration(type: string): string {
    if (type === 'Elmo') return ` xmlns="${elmoNamespace(this.release)}"`
    return type === 'FlexibleAddress' ? ` xmlns:a="${namespaces.address}"` : ''
  }
}

const roots = new Map<Release, PlannedElement>()

/** How a document of a release is written. */
export function writePlan(release: Release): PlannedElement {
  const known = roots.get(release)
  if (known !== undefined) return known
  const root = new Planner(release).element(rootRow, '')
  roots.set(release, root)
  return root
}
