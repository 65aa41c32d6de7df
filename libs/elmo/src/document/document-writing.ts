import { collapse } from './check-value.js'
import { elmoNamespace } from '../grammar/elmo-namespace.js'
import { namespaces } from '../grammar/namespaces.js'
import type { Release } from '../grammar/releases.js'
import type { Fields } from './model-fields.js'
import type { AttachmentContent, RawAttribute } from '../model.js'
import { canonicalRawContent, canonicalRawElement, type Declarations } from '../xml/canonical-raw.js'
import { rawAttributes } from './raw-attributes.js'
import { escapeAttribute, escapeText } from '../xml/escape-xml.js'
import { writePlan, type PlannedElement, type PlannedText, type WritePlan } from './write-plan.js'

/** From this length on a text is a piece of its own, so that it is not copied into its surroundings. */
const largeText = 16_384
/** From this length on a piece is full: a short one is put together and encoded faster. */
const fullPiece = 512

const isLarge = (text: string): boolean => text.length >= largeText
/** Searching for single characters runs over a large text much faster than a pattern does. */
const holdsAny = (text: string, parts: readonly string[]): boolean => parts.some((part) => text.includes(part))

const collapsible = ['\t', '\n', '\r', '  ']
const markup = ['&', '<', '>', '\r']

function textOf({ collapses }: PlannedText, text: string): string {
  if (!isLarge(text)) return escapeText(collapses ? collapse(text) : text)
  const odd = collapses && (holdsAny(text, collapsible) || text.startsWith(' ') || text.endsWith(' '))
  const collapsed = odd ? collapse(text) : text
  return holdsAny(collapsed, markup) ? escapeText(collapsed) : collapsed
}

const newlines: string[] = []
const newline = (depth: number): string => (newlines[depth] ??= `\n${'  '.repeat(depth)}`)

/** One document being written, by the plan of its release. The model was found valid before. */
export class DocumentWriting<Source = never> {
  /** Texts of the document in their order, with sources in between. */
  readonly pieces: (string | Source)[] = []
  readonly #outside: Declarations
  #text = ''

  constructor(
    release: Release,
    model: unknown,
    private readonly sourceOf?: (content: AttachmentContent) => Source | undefined,
  ) {
    this.#outside = new Map([['', elmoNamespace(release)]])
    this.#element(writePlan(release), model, model as Fields, 0)
    this.#cut()
  }

  #element(row: PlannedElement, value: unknown, parent: Fields, depth: number): void {
    if (row.text !== undefined) {
      this.#text += `${row.open}>`
      this.#value(row.text, value)
      this.#text += row.close
    } else if (row.raw !== undefined) this.#raw(row, value, parent)
    else this.#complex(row, (row.holder === 'parent' ? parent : value) as Fields, value, depth)
  }

  #complex(row: PlannedElement, fields: Fields, value: unknown, depth: number): void {
    const { plan } = row
    if (plan.takesAny && (fields.raw !== undefined || fields.attributes !== undefined)) return this.#any(row, fields)
    this.#text += row.open
    for (const { property, open, collapses } of plan.attributes) {
      const text = fields[property] as string | undefined
      if (text !== undefined) this.#text += `${open}${escapeAttribute(collapses ? collapse(text) : text)}"`
    }
    this.#text += '>'
    let hasChildren = false
    if (plan.text === undefined) {
      if (row.holder === 'only child') hasChildren = this.#only(plan, value, depth + 1)
      else hasChildren = this.#children(plan, fields, depth + 1)
    } else if (!row.isAttachmentContent || !this.#source(fields)) {
      const text = fields[plan.text.property]
      if (text !== undefined) this.#value(plan.text, text)
    }
    this.#text += hasChildren ? newline(depth) + row.close : row.close
  }

  #only({ elements: [only] }: WritePlan, value: unknown, depth: number): boolean {
    if (only === undefined) return false
    const values = only.isList ? (value as readonly unknown[]) : [value]
    for (const each of values) this.#child(only, each, {}, depth)
    return values.length > 0
  }

  #children({ elements }: WritePlan, fields: Fields, depth: number): boolean {
    let any = false
    for (const row of elements) {
      const value = fields[row.property]
      if (value === undefined && !this.#standsWithoutValue(row, fields)) continue
      const values = row.isList ? (value as readonly unknown[]) : undefined
      if (values === undefined) this.#child(row, value, fields, depth)
      else for (const each of values) this.#child(row, each, fields, depth)
      any ||= values === undefined || values.length > 0
    }
    return any
  }

  #standsWithoutValue({ holder, givenBy, rawAttributes: kept }: PlannedElement, fields: Fields): boolean {
    if (holder === 'parent') return givenBy?.some((property) => fields[property] !== undefined) ?? true
    return kept !== undefined && fields[kept] !== undefined
  }

  #child(row: PlannedElement, value: unknown, parent: Fields, depth: number): void {
    if (this.#text.length > fullPiece) this.#cut()
    this.#text += newline(depth)
    this.#element(row, value, parent, depth)
  }

  #value(row: PlannedText, value: unknown): void {
    const text = textOf(row, value as string)
    if (!isLarge(text)) this.#text += text
    else {
      this.#cut()
      this.pieces.push(text)
    }
  }

  #source(content: unknown): boolean {
    const source = this.sourceOf?.(content as AttachmentContent)
    if (source === undefined) return false
    this.#cut()
    this.pieces.push(source)
    return true
  }

  #raw({ raw, rawAttributes: kept, open, close }: PlannedElement, value: unknown, parent: Fields): void {
    if (raw === 'rawElement') {
      this.#text += canonicalRawElement(value as string, this.#outside)
      return
    }
    const attributes = kept === undefined ? undefined : (parent[kept] as readonly RawAttribute[] | undefined)
    const { text, outside } = rawAttributes(attributes ?? [], this.#outside)
    this.#text += `${open}${text}>`
    if (raw === 'rawContent') this.#text += canonicalRawContent((value ?? '') as string, outside)
    else for (const each of (value ?? []) as readonly string[]) this.#text += canonicalRawElement(each, outside)
    this.#text += close
  }

  /** Content of any kind, with attributes of any kind. */
  #any({ open, close, plan }: PlannedElement, fields: Fields): void {
    const language =
      fields.lang === undefined ? [] : [{ name: 'lang', namespace: namespaces.xml, value: fields.lang as string }]
    const attributes = [...language, ...((fields.attributes ?? []) as readonly RawAttribute[])]
    const { text, outside } = rawAttributes(attributes, this.#outside)
    this.#text += `${open}${text}>`
    if (fields.raw !== undefined) this.#text += canonicalRawContent(fields.raw as string, outside)
    else this.#value(plan.text as PlannedText, fields.value)
    this.#text += close
  }

  #cut(): void {
    if (this.#text !== '') this.pieces.push(this.#text)
    this.#text = ''
  }
}
