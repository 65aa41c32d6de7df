import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import type { Release } from '../grammar/releases.js'
import type { RawKind } from '../grammar/row.js'
import { defaultLimits } from '../limits.js'
import type { AttachmentContent, RawAttribute } from '../model.js'
import { canonicalRawContent, canonicalRawElement, type Declarations } from '../xml/canonical-raw.js'
import { escapeAttribute, escapeText, hasForbiddenCharacter } from '../xml/escape-xml.js'
import { collapse } from './check-value.js'
import { DocumentOutput } from './document-output.js'
import { isRawRight } from './find-problems.js'
import { makeMarkup } from './markup.js'
import type { Fields } from './model-fields.js'
import { rawAttributes } from './raw-attributes.js'
import { anyPlace, newline, writePlan, type PlannedElement, type PlannedText, type WritePlan } from './write-plan.js'

/** Stands before the canonical form of every document that is written. */
export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

// The root begins with the line feed.
const declaration = makeMarkup(xmlDeclaration.trimEnd())
const noFields: Fields = {}
/** In raw XML; canonical form may add one. */
const mostAttributes = defaultLimits.maxAttributes / 2
const tagEnd = makeMarkup('>')
const quote = makeMarkup('"')

/** From this length on, searching for single characters is much faster than a pattern is. */
const largeText = 4096
const markup = ['&', '<', '>', '\r']
const escaped = (text: string): string =>
  text.length < largeText || markup.some((part) => text.includes(part)) ? escapeText(text) : text

const isPlain = (fields: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(fields)
  return prototype === Object.prototype || prototype === null
}

/**
 * One document being written, by the plan of its release. Each value is looked at on the way: what is written without a
 * doubt is valid. Whether what is doubtful is, `findProblems` says; until then the pieces are worth nothing.
 */
export class DocumentWriting<Source = never> {
  /** Whether something met is not valid, or cannot be told to be in passing. */
  isDoubtful = false
  /** Whether a reader might refuse what was written although it is valid, or sign it otherwise: only a scan can tell. */
  needsScan = false
  #elements = 0
  /** The document in its order: UTF-8, long texts and sources. */
  readonly pieces: readonly (Uint8Array | string | Source)[]
  readonly #outside: Declarations
  readonly #out = new DocumentOutput<Source>()
  /** The values of the objects that are being written, each at its place: so each is asked for once. */
  readonly #values: unknown[] = []
  #used = 0

  /** @throws {Error} of any kind, for a model whose objects, lists and texts are others than the format's */
  constructor(
    private readonly release: Release,
    model: unknown,
    private readonly sourceOf?: (content: AttachmentContent) => Source | undefined,
  ) {
    this.#outside = new Map([['', elmoNamespace(release)]])
    this.#out.markup(declaration)
    this.#complex(writePlan(release), model as Fields, model, 0)
    this.pieces = this.#out.pieces()
    // Each with a text inside and a line feed before.
    if (this.#elements * 3 > defaultLimits.maxNodes) this.needsScan = true
  }

  #complex(row: PlannedElement, holder: Fields, value: unknown, depth: number): void {
    const { plan } = row
    if (row.holder === 'only child') return this.#unwrapped(row, plan, value, depth)
    const fields = isPlain(holder) ? holder : this.#named(holder, plan)
    const base = this.#used
    const given = this.#given(plan, fields, row.holder === 'parent')
    this.#used = base + plan.size
    if (given & (1 << anyPlace)) this.#any(row, fields, depth)
    else this.#known(row, fields, value, given, base, depth)
    this.#used = base
  }

  #known(row: PlannedElement, fields: Fields, value: unknown, given: number, base: number, depth: number): void {
    const { plan } = row
    const attributes = given & ((1 << plan.attributes.length) - 1)
    if (attributes === 0) this.#out.markup(row.started(depth))
    else {
      this.#out.markup(row.opened(depth))
      this.#attributes(plan, attributes, base)
      this.#out.markup(tagEnd)
    }
    if (plan.text !== undefined) {
      if (row.isAttachmentContent && this.#source(value)) this.isDoubtful ||= fields.value !== ''
      else {
        const place = plan.firstElement - 1
        if (given & (1 << place)) this.#value(plan.text, this.#values[base + place])
      }
      this.#out.markup(row.close)
      return
    }
    const hasChildren = this.#children(plan, fields, given, base, depth + 1)
    this.#out.markup(hasChildren ? row.closed(depth) : row.close)
  }

  /** An object of another kind may show its properties in other ways than as its own. */
  #named(fields: Fields, { placeOf }: WritePlan): Fields {
    this.isDoubtful = true
    return Object.fromEntries([...placeOf.keys()].map((name) => [name, fields[name]]))
  }

  /** The places that the model gives something for. Properties of others are no matter where the parent holds them. */
  #given(plan: WritePlan, fields: Fields, areOfParent: boolean): number {
    let given = plan.always
    if (Array.isArray(fields)) this.isDoubtful = true
    for (const name in fields) {
      const place = plan.placeOf.get(name)
      const value = fields[name]
      if (value === undefined) continue
      if (place === undefined) this.isDoubtful ||= !areOfParent
      else {
        given |= 1 << place
        this.#values[this.#used + place] = value
      }
    }
    if ((plan.required & ~given) !== 0) throw new TypeError('The model lacks what the release demands.')
    if (plan.alternatives.length > 0 && plan.alternatives.filter((set) => given & set).length > 1) {
      this.isDoubtful = true
    }
    return given
  }

  #attributes(plan: WritePlan, given: number, base: number): void {
    for (let rest = given; rest !== 0; rest &= rest - 1) {
      const place = 31 - Math.clz32(rest & -rest)
      const attribute = plan.attributes[place]!
      this.#out.markup(attribute.open)
      this.#value(attribute, this.#values[base + place], true)
      this.#out.markup(quote)
    }
  }

  #children(plan: WritePlan, fields: Fields, given: number, base: number, depth: number): boolean {
    let any = false
    for (let rest = given & -(1 << plan.firstElement); rest !== 0; rest &= rest - 1) {
      const place = 31 - Math.clz32(rest & -rest)
      const row = plan.elements[place - plan.firstElement]!
      const value = this.#values[base + place]
      if (row.isList) any = this.#list(row, value as readonly unknown[], depth) || any
      else {
        this.#element(row, value, fields, depth)
        any = true
      }
    }
    return any
  }

  #list(row: PlannedElement, values: readonly unknown[], depth: number): boolean {
    if (!Array.isArray(values)) throw new TypeError('A list of the model is none.')
    if (values.length > row.most || values.length < row.least) this.isDoubtful = true
    for (const each of values) this.#element(row, each, noFields, depth)
    return values.length > 0
  }

  #element(row: PlannedElement, value: unknown, parent: Fields, depth: number): void {
    this.#elements++
    if (depth >= defaultLimits.maxDepth) throw new RangeError('The model is nested too deeply.')
    if (row.text !== undefined) {
      this.#out.markup(row.started(depth))
      this.#value(row.text, value)
      this.#out.markup(row.close)
    } else if (row.raw !== undefined) this.#raw(row, value, parent, depth)
    else this.#complex(row, (row.holder === 'parent' ? parent : value) as Fields, value, depth)
  }

  /** An element whose only child stands for it in the model. */
  #unwrapped(
    row: PlannedElement,
    { elements: [only], required, firstElement }: WritePlan,
    value: unknown,
    depth: number,
  ) {
    if (only === undefined || (required & ~(1 << firstElement)) !== 0) throw new TypeError('A child has no place.')
    this.#out.markup(row.started(depth))
    let hasChildren = true
    if (only.isList) hasChildren = this.#list(only, value as readonly unknown[], depth + 1)
    else this.#element(only, value, noFields, depth + 1)
    this.#out.markup(hasChildren ? row.closed(depth) : row.close)
  }

  #value(row: PlannedText, value: unknown, inAttribute = false): void {
    if (typeof value !== 'string') throw new TypeError('A text of the model is none.')
    let text = value
    if (!this.#out.plain(value, inAttribute)) {
      if (hasForbiddenCharacter(value)) this.isDoubtful = true
      if (row.collapses) text = collapse(value)
      this.#out.text(inAttribute ? escapeAttribute(text) : escaped(text))
    }
    if (row.isRight?.(text) === false) this.isDoubtful = true
  }

  #source(content: unknown): boolean {
    const source = this.sourceOf?.(content as AttachmentContent)
    if (source === undefined) return false
    this.#out.source(source)
    return true
  }

  #raw(row: PlannedElement, given: unknown, parent: Fields, depth: number): void {
    const { raw, rawAttributes: kept } = row
    // Its attributes have the same place.
    const value = kept === undefined ? given : parent[row.property]
    const attributes = kept === undefined ? undefined : (parent[kept] as readonly RawAttribute[] | undefined)
    const isMissing = value === undefined && row.least > 0
    if (isMissing || !isRawRight(raw as RawKind, value, attributes, this.release)) this.isDoubtful = true
    if (raw === 'rawElement') {
      this.needsScan = true
      this.#out.text(newline(depth) + canonicalRawElement(value as string, this.#outside))
      return
    }
    const { text, outside } = rawAttributes(attributes ?? [], this.#outside)
    this.#out.markup(row.opened(depth))
    this.#rawText(`${text}>`, depth)
    if (raw === 'rawContent') this.#rawText(canonicalRawContent((value ?? '') as string, outside), depth)
    else for (const each of (value ?? []) as readonly string[]) this.#rawText(canonicalRawElement(each, outside), depth)
    this.#out.markup(row.close)
  }

  /** Raw XML was scanned by itself; inside the document it may be too much. */
  #rawText(text: string, depth: number): void {
    // Two tags make an element.
    const tags = text.split('<').length - 1
    this.#elements += tags
    if (depth + 1 + tags / 2 > defaultLimits.maxDepth || text.split('=').length > mostAttributes) this.needsScan = true
    this.#out.text(text)
  }

  /** Content of any kind, with attributes of any kind. */
  #any(row: PlannedElement, fields: Fields, depth: number): void {
    this.isDoubtful = true
    this.needsScan = true
    const language =
      fields.lang === undefined ? [] : [{ name: 'lang', namespace: namespaces.xml, value: fields.lang as string }]
    const attributes = [...language, ...((fields.attributes ?? []) as readonly RawAttribute[])]
    const { text, outside } = rawAttributes(attributes, this.#outside)
    this.#out.markup(row.opened(depth))
    this.#out.text(`${text}>`)
    if (fields.raw !== undefined) this.#out.text(canonicalRawContent(fields.raw as string, outside))
    else this.#value(row.plan.text as PlannedText, fields.value)
    this.#out.markup(row.close)
  }
}

/** Whether a model is valid in the release beyond doubt; of any other `findProblems` knows. */
export function isWrittenWithoutDoubt(elmo: unknown, release: Release): boolean {
  try {
    return !new DocumentWriting(release, elmo).isDoubtful
  } catch {
    return false
  }
}
