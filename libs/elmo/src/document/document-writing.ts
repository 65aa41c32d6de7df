import { collapse } from './check-value.js'
import { elmoNamespace } from '../grammar/elmo-namespace.js'
import type { Release } from '../grammar/releases.js'
import type { Fields } from './model-fields.js'
import type { LangString } from '../model.js'
import { canonicalRawContent, canonicalRawElement, type Declarations } from '../xml/canonical-raw.js'
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
    private readonly sourceOf?: (content: LangString) => Source | undefined,
  ) {
    this.#outside = new Map([['', elmoNamespace(release)]])
    this.#element(writePlan(release), model, model as Fields, 0)
    this.#cut()
  }

  #element(row: PlannedElement, value: unknown, parent: Fields, depth: number): void {
    if (row.raw !== undefined) return this.#raw(row, value)
    if (row.text !== undefined) {
      this.#text += `${row.open}>`
      this.#value(row.text, value)
      this.#text += row.close
      return
    }
    const fields = (row.holder === 'parent' ? parent : value) as Fields
    const { plan } = row
    this.#text += row.open
    for (const { property, open, collapses } of plan.attributes) {
      const text = fields[property] as string | undefined
      if (text !== undefined) this.#text += `${open}${escapeAttribute(collapses ? collapse(text) : text)}"`
    }
    this.#text += '>'
    if (row.isAttachmentContent && this.#source(value as LangString)) this.#text += row.close
    else if (plan.text !== undefined) {
      const text = fields[plan.text.property]
      if (text !== undefined) this.#value(plan.text, text)
      this.#text += row.close
    } else {
      const any = row.holder === 'only child' ? this.#only(plan, value, depth + 1) : this.#children(plan, fields, depth + 1)
      this.#text += any ? newline(depth) + row.close : row.close
    }
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
      if (row.holder === 'parent') {
        if (row.givenBy?.every((property) => fields[property] === undefined)) continue
        this.#child(row, undefined, fields, depth)
        any = true
        continue
      }
      const value = fields[row.property]
      if (value === undefined) continue
      if (!row.isList) {
        this.#child(row, value, fields, depth)
        any = true
        continue
      }
      for (const each of value as readonly unknown[]) {
        this.#child(row, each, fields, depth)
        any = true
      }
    }
    return any
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

  #source(content: LangString): boolean {
    const source = this.sourceOf?.(content)
    if (source === undefined) return false
    this.#cut()
    this.pieces.push(source)
    return true
  }

  #raw({ raw, open, close }: PlannedElement, value: unknown): void {
    if (raw === 'rawElement') this.#text += canonicalRawElement(value as string, this.#outside)
    else if (raw === 'rawContent') this.#text += `${open}>${canonicalRawContent(value as string, this.#outside)}${close}`
    else {
      this.#text += `${open}>`
      for (const each of value as readonly string[]) this.#text += canonicalRawElement(each, this.#outside)
      this.#text += close
    }
  }

  #cut(): void {
    if (this.#text !== '') this.pieces.push(this.#text)
    this.#text = ''
  }
}
