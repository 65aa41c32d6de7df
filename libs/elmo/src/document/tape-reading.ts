import { allReleases, type ReleaseSet } from '../grammar/releases.js'
import { attributesPropertyOf, nameNumber, type Shape, type ShapeRow } from '../grammar/shape.js'
import { dsElements, type DsElement } from '../grammar/ds-grammar.js'
import { rawContentOf, rawElementOf } from '../xml/raw-tape.js'
import {
  attributeColumn,
  attributeColumns,
  nodeColumn,
  nodeColumns,
  nodeFlag,
  type ScannedXml,
} from '../xml/scanned-xml.js'
import { nodeKind, type ExpandedName } from '../xml/xml-tape.js'
import { AnyContent, deepest, tooDeep, type Walk } from './any-content.js'
import { AttributeReading } from './attribute-reading.js'
import { checkCount, checkRelease, isOneResult } from './check-count.js'
import { collapse, type Finding } from './check-value.js'
import { emptyValue } from './empty-value.js'
import { Findings } from './findings.js'
import { knownNames } from './known-names.js'
import { addLazyText, longText } from './long-text.js'
import { Prefixes } from './prefixes.js'
import { RowTexts } from './row-texts.js'

type Values = Record<string, unknown>

/** The most attributes that a node counts; what it counts beyond are declarations. */
const anyAttributes = 0xffff

const finding = (rule: string, message: string, breaks: ReleaseSet = allReleases): Finding => ({
  rule,
  message,
  breaks,
})
const text = finding('GRAMMAR-TEXT', 'text where none may stand')
const order = finding('P-ORDER', 'the element stands behind others that belong after it')
const otherNamespace = finding('P-NS-VARIANT', 'the element is not in the namespace that it belongs to')
const alternatives = finding('GRAMMAR-CHOICE', 'holds elements that exclude one another')
const bareBase64 = finding('P-BARE-BASE64', 'the content is base64 alone; a data: URI is expected', 0)
const furtherPart = finding(
  'P-PART-MULTI',
  'a second result where one belongs; read as if it stood in one of its own',
  0,
)
const ownNamespace = finding('GRAMMAR-EXTENSION', 'an extension holds elements of other namespaces only')

/** Before a list is met; nothing is put into it. */
const noList: unknown[] = []
const signature = dsElements['Signature'] as DsElement

const isElmoNamespace = (uri: string): boolean =>
  uri === '' || uri.startsWith('https://github.com/emrex-eu/elmo-schemas/') || uri === 'http://purl.org/net/elmo'

/** Results that stood in one element where each belongs into one of its own; perhaps none. */
class Several {
  readonly results: unknown[] = []
}

/** Whether a text begins like base64, not like an address. */
const looksLikeBase64 = (head: string): boolean => /^[A-Za-z0-9+/\s]{16,}={0,2}\s*$/.test(head)

/**
 * One walk over one document by the rows of all releases: it makes the model, and notes what breaks which releases. The
 * order of children is one for all releases; what only some of them have, demand or limit is in their sets.
 */
export class TapeReading implements Walk {
  readonly findings: Findings
  /** Whether some part was kept as XML text. */
  holdsXml = false
  /** Whether some element held several results, or none; lists are only looked through when one did. */
  private holdsSeveral = false
  private readonly any = new AnyContent(this)
  readonly prefixes: Prefixes
  private readonly texts: RowTexts
  private readonly attributes: AttributeReading
  /** How many elements the walk is in. */
  private depth = 0
  /** The URIs of names by their ids, and that of the document, as numbers of strings. */
  private readonly uris: readonly number[]
  private readonly ownUri: number
  private readonly numbers: readonly number[]
  private readonly keys: readonly number[]

  constructor(
    readonly tape: ScannedXml,
    /** The namespace of the root: what elements without a namespace of their own are expected in. */
    readonly namespace: string,
    private readonly keepSignature: boolean,
    /** A child of the root that is taken for read; -1 for none. */
    private readonly skip: number,
    /** The releases whose findings are kept. */
    wanted: ReleaseSet = allReleases,
  ) {
    this.findings = new Findings(wanted)
    this.prefixes = new Prefixes(tape)
    this.texts = new RowTexts(tape, this.findings)
    const { numbers, keys } = knownNames(tape.names)
    this.uris = tape.names.uris
    this.ownUri = tape.names.idOf(namespace)
    this.numbers = numbers
    this.keys = keys
    this.attributes = new AttributeReading(this, this.any, this.texts, keys)
  }

  check(node: number, shape: Shape): void {
    this.fill(node, shape, {})
  }

  /** Puts the properties of an element into the values: attributes, text, child elements. */
  fill(node: number, shape: Shape, values: Values): void {
    if (++this.depth > deepest) throw tooDeep(this.tape, node)
    const counts = this.tape.nodes[node * nodeColumns + nodeColumn.counts]!
    const declares = counts > anyAttributes
    if (declares) this.prefixes.enter(node)
    if (shape.requiresAttributes || counts > 0) this.attributes.read(node, shape, values)
    if (shape.text === undefined) this.children(node, shape, values)
    else this.text(node, shape, shape.text, values)
    if (declares) this.prefixes.leave(node)
    this.depth--
  }

  private children(node: number, shape: Shape, values: Values): void {
    // Written out, because the engine looks up at each use what another module holds.
    const columns: typeof nodeColumns = 8
    const flagsAt: typeof nodeColumn.flags = 0
    const nextAt: typeof nodeColumn.next = 4
    const nameAt: typeof nodeColumn.name = 5
    const kindBits: typeof nodeFlag.kind = 3
    const elementKind: typeof nodeKind.element = 0
    const textKind: typeof nodeKind.text = 1
    const { findings, numbers, uris, ownUri } = this
    const { nodes } = this.tape
    const end = nodes[node * columns + nextAt]!
    const { elements, ownAt, limited } = shape
    let list: unknown[] = noList
    let listIndex = -1
    let seen = 0
    let twice = 0
    let furthest = 0
    for (let child = node + 1; child < end;) {
      const at = child * columns
      const flags = nodes[at + flagsAt]!
      if ((flags & kindBits) !== elementKind) {
        // Nearly always the white space between two elements.
        if (flags !== textKind || elements.length === 0) this.besideElements(node, child, shape)
        child++
        continue
      }
      const name = nodes[at + nameAt]!
      const number = uris[name] === ownUri ? numbers[name]! : -1
      let index = number < 0 ? -1 : ownAt[number]!
      if (index < 0) index = this.otherIndex(child, shape)
      if (index < 0) {
        this.any.leftOut(child, this.tape.name(child))
      } else {
        const row = elements[index]!
        const bit = 1 << index
        if (index < furthest) findings.add(child, order)
        else furthest = index
        if (seen & bit) {
          twice |= bit
          if (listIndex !== index) this.child(row, child, values, true)
          else if (list.length > 1) list.push(this.element(row, child))
          // A list that grows makes room for many; most have one or two.
          else values[row.property] = list = [list[0], this.element(row, child)]
        } else {
          if (bit & limited && findings.breaks(row.unknownIn)) this.note(child, checkRelease(row))
          seen |= bit
          if (row.isPlain) {
            let value = this.element(row, child)
            if (row.isList) {
              value = list = [value]
              listIndex = index
            }
            values[row.property] = value
          } else this.child(row, child, values, false)
        }
      }
      child = nodes[at + nextAt]!
    }
    if (shape.required & ~seen) this.missing(node, shape, shape.required & ~seen, values)
    if (shape.bounded & twice) this.tooMany(node, shape, shape.bounded & twice)
    if (this.holdsSeveral) this.spread(values)
    if (shape.alternatives.length > 1 && shape.alternatives.filter((set) => set & seen).length > 1) {
      findings.add(node, alternatives)
    }
  }

  /** Text, CDATA or a comment that is not plain white space between elements. */
  private besideElements(node: number, child: number, shape: Shape): void {
    const { tape } = this
    if (tape.kind(child) === nodeKind.comment || (shape.elements.length > 0 && tape.isSpace(child))) return
    if (tape.text(child) !== '') this.findings.add(node, text)
  }

  /** The place among the rows of an element that is not in the document's own namespace; -1 where it has none. */
  private otherIndex(child: number, shape: Shape): number {
    const name = this.tape.name(child)
    const number = nameNumber(name.localName)
    const index = number < 0 ? -1 : shape.elementAt[number]!
    if (index < 0) return -1
    const row = shape.elements[index]!
    return name.namespace === (row.uri ?? this.namespace) || this.belongs(row, name, child) ? index : -1
  }

  /** Whether an element in another namespace than it should be in is meant all the same. */
  private belongs(row: ShapeRow, { namespace }: ExpandedName, node: number): boolean {
    const isMeant = row.namespace !== 'ds' && (isElmoNamespace(namespace) || namespace === this.namespace)
    if (isMeant) this.findings.add(node, otherNamespace)
    return isMeant
  }

  private missing(node: number, shape: Shape, rows: number, values: Values): void {
    for (let rest = rows; rest !== 0; rest &= rest - 1) {
      const row = shape.elements[31 - Math.clz32(rest & -rest)] as ShapeRow
      if (this.findings.breaks(row.requiredIn)) this.note(node, checkCount(row, 0))
      if (isOneResult(row)) this.noResult(row, values)
      else if (row.least > 0) Object.assign(values, emptyValue(row))
    }
  }

  /** An element without the result that belongs into it is none: an empty one would pass for something that was passed. */
  private noResult(row: ShapeRow, values: Values): void {
    this.holdsSeveral = true
    values[row.property] = new Several()
  }

  private tooMany(node: number, shape: Shape, rows: number): void {
    for (let rest = rows; rest !== 0; rest &= rest - 1) {
      const row = shape.elements[31 - Math.clz32(rest & -rest)] as ShapeRow
      this.note(node, checkCount(row, row.most === Infinity || row.most === 1 ? 2 : this.countOf(node, row)))
    }
  }

  private countOf(node: number, row: ShapeRow): number {
    let count = 0
    for (let child = node + 1; child < this.tape.next(node); child = this.after(child)) {
      if (this.tape.kind(child) === nodeKind.element && this.tape.name(child).localName === row.name) count++
    }
    return count
  }

  private after(node: number): number {
    return this.tape.kind(node) === nodeKind.element ? this.tape.next(node) : node + 1
  }

  private note(node: number, found: Finding | undefined): void {
    if (found !== undefined) this.findings.add(node, found)
  }

  /** Reads a child into the values of its parent. Where only one may stand, the first counts. */
  private child(row: ShapeRow, node: number, values: Values, isRepeated: boolean): void {
    if (isRepeated && !row.isList) return this.second(row, node, values)
    if (row.inline) return this.fill(node, row.shape, values)
    const value = row.rawKind === undefined ? this.element(row, node) : this.raw(row, node, values)
    if (value === undefined) return
    if (!row.isList) values[row.property] = value
    else if (isRepeated) (values[row.property] as unknown[]).push(value)
    else values[row.property] = [value]
  }

  /** What stands once too often: a result of its own, or meant for another property that is missing. */
  private second(row: ShapeRow, node: number, values: Values): void {
    if (isOneResult(row)) return this.furtherResult(row, node, values)
    if (row.secondIs === undefined || values[row.secondIs] !== undefined) return
    values[row.secondIs] = collapse(this.textOf(node, row.shape))
  }

  private furtherResult(row: ShapeRow, node: number, values: Values): void {
    this.findings.add(node, furtherPart)
    this.holdsSeveral = true
    let several = values[row.property]
    if (!(several instanceof Several)) {
      const first = several
      values[row.property] = several = new Several()
      ;(several as Several).results.push(first)
    }
    ;(several as Several).results.push(this.element(row, node))
  }

  /** Puts results that stood in one element into the list of what such elements hold. */
  private spread(values: Values): void {
    for (const [property, value] of Object.entries(values)) {
      if (!Array.isArray(value) || !value.some((each) => each instanceof Several)) continue
      values[property] = value.flatMap((each: unknown) => (each instanceof Several ? each.results : [each]))
    }
  }

  private element(row: ShapeRow, node: number): unknown {
    if (!row.isComplex) {
      if (this.tape.attributeCount(node) > 0) this.attributes.read(node, row.shape, {})
      return this.texts.plainElement(row, node) ?? this.texts.value(row, this.textOf(node, row.shape), node)
    }
    const made = row.shape.makePair === undefined ? undefined : this.pair(node, row.shape)
    if (made !== undefined) return made
    const values: Values = {}
    this.fill(node, row.shape, values)
    return row.unwrap ? (values[(row.shape.elements[0] as ShapeRow).property] ?? []) : values
  }

  /** The commonest objects, a text alone or with one attribute, where nothing about them is unusual. */
  private pair(node: number, shape: Shape): object | undefined {
    const { nodes, attributes } = this.tape
    const at = node * nodeColumns
    const counts = nodes[at + nodeColumn.counts]!
    if (counts > 1 || (counts === 0 && shape.requiresAttributes) || this.depth >= deepest) return undefined
    const value = this.texts.plainElement(shape.text!, node)
    if (value === undefined || value === '') return undefined
    if (counts === 0) return { value }
    const attribute = nodes[at + nodeColumn.first]!
    const row = shape.attributes[0]!
    if (this.keys[attributes[attribute * attributeColumns + attributeColumn.name]!] !== row.key) return undefined
    const kept = this.texts.plainAttribute(row, attribute)
    return kept === undefined ? undefined : shape.makePair!(kept, value)
  }

  private text(node: number, shape: Shape, row: ShapeRow, values: Values): void {
    const { tape } = this
    const first = node + 1
    const isOne = tape.next(node) === first + 1 && tape.kind(first) === nodeKind.text
    if (isOne && tape.textBytes(first) > longText && row.simpleType?.isValid === undefined && !row.spellings) {
      const isToken = row.simpleType?.whiteSpace === 'collapse'
      addLazyText(values, row.property, () => (isToken ? collapse(tape.text(first)) : tape.text(first)))
      const start = tape.start(first)
      if (row.dataUri && looksLikeBase64(tape.bytes.toString('latin1', start, start + 64))) {
        this.findings.add(node, bareBase64)
      }
      return
    }
    const value = this.texts.plainElement(row, node) ?? this.texts.value(row, this.textOf(node, shape, values), node)
    if (value !== '' || row.least > 0) values[row.property] = value
    if (row.dataUri && looksLikeBase64(value.slice(0, 64))) this.findings.add(node, bareBase64)
  }

  /** The text of an element. Elements inside are kept as XML where some release takes them. */
  private textOf(node: number, shape: Shape, values?: Values): string {
    const { tape, findings } = this
    const end = tape.next(node)
    if (end === node + 2 && tape.kind(node + 1) === nodeKind.text) return tape.text(node + 1)
    let gathered = ''
    let hasElements = false
    for (let child = node + 1; child < end; child = this.after(child)) {
      const kind = tape.kind(child)
      if (kind === nodeKind.element) {
        hasElements = true
        this.any.unknown('element', child, tape.name(child), allReleases & ~shape.anyIn)
        const { scope } = findings
        findings.scope &= shape.anyIn
        this.any.lax(child)
        findings.scope = scope
      } else if (kind !== nodeKind.comment) gathered += tape.text(child)
    }
    if (hasElements && shape.anyIn !== 0 && values !== undefined) {
      this.holdsXml = true
      values['raw'] = rawContentOf(tape, node, this.prefixes.uriOf)
    }
    return gathered
  }

  /** A subtree that the model keeps as XML text, able to stand alone. */
  private raw(row: ShapeRow, node: number, values: Values): unknown {
    this.holdsXml ||= node !== this.skip
    const { tape } = this
    if (row.rawKind === 'rawElement') return this.rawSignature(node)
    const kept = this.attributes.keptAsXml(node, row.rawKind === 'rawContent')
    if (kept.length > 0) values[attributesPropertyOf(row)] = kept
    this.prefixes.enter(node)
    const raw: unknown[] = []
    if (row.rawKind === 'rawContent') {
      this.any.inside(node)
      raw.push(rawContentOf(tape, node, this.prefixes.uriOf))
    } else {
      for (let child = node + 1; child < tape.next(node); child = this.after(child)) {
        if (tape.kind(child) === nodeKind.element) {
          this.extended(child)
          raw.push(rawElementOf(tape, child, this.prefixes.uriOf))
        } else if (tape.kind(child) !== nodeKind.comment && !tape.isSpace(child)) this.findings.add(node, text)
      }
    }
    this.prefixes.leave(node)
    return row.rawKind === 'rawContent' ? raw[0] : raw
  }

  private rawSignature(node: number): string | undefined {
    const ofDocument = this.depth === 1
    if (ofDocument && node === this.skip) return undefined
    this.any.signature(node, signature)
    return ofDocument && !this.keepSignature ? undefined : rawElementOf(this.tape, node, this.prefixes.uriOf)
  }

  /** A child of an extension: 1.0.0 must know it, later releases need not. */
  private extended(node: number): void {
    const { namespace } = this.tape.name(node)
    if (namespace === '' || namespace === this.namespace) {
      this.findings.add(node, ownNamespace)
      this.any.lax(node)
    } else this.any.strict(node, 1)
  }
}
