import type { NameDictionary } from './name-dictionary.js'
import type { XmlBytes } from './xml-bytes.js'
import { nodeKind, type ExpandedName, type NodeKind, type XmlTape } from './xml-tape.js'
import { decodeAttributeValue, decodeText, normaliseLineEnds } from './xml-text.js'

/** Columns of a node. `attributes` packs two counts: attributes below, declarations above. */
export const nodeColumn = { flags: 0, start: 1, end: 2, content: 3, next: 4, name: 5, first: 6, counts: 7 } as const
export const nodeColumns = 8
/** Columns of an attribute or declaration. The name of a declaration is its prefix, and its last column the URI. */
export const attributeColumn = { name: 0, nameStart: 1, nameEnd: 2, start: 3, end: 4, flags: 5, uri: 5 } as const
export const attributeColumns = 6

/** Bits of the flags; the kind is in the lowest two. */
export const nodeFlag = {
  kind: 3,
  /** A text that holds references or carriage returns. */
  encoded: 4,
  /** A text that holds something besides written white space. */
  solid: 8,
  /** An empty-element tag: all that canonical form writes otherwise, where `uncanonical` does not say more. */
  selfClosing: 16,
  /** An end tag with white space in it. */
  spacedEnd: 64,
  /** Not written as canonical form writes it, whichever declarations are in force. */
  uncanonical: 32,
} as const

const cdataOpen = '<![CDATA['.length
const cdataClose = ']]>'.length

/** The tape as the scanner leaves it: columns of integers, and the names. */
export class ScannedXml implements XmlTape {
  readonly bytes: Buffer
  constructor(
    readonly source: XmlBytes,
    /** `nodeColumns` integers for each node. */
    readonly nodes: Int32Array,
    /** `attributeColumns` integers for each; of an element its attributes, then its declarations. */
    readonly attributes: Int32Array,
    readonly names: NameDictionary,
    readonly length: number,
    readonly root: number,
    readonly comments: number,
    /** Nodes that canonical form does not simply have as they stand: uncanonical, declaring, with a spaced end; ascending. */
    readonly special: readonly number[],
    /** Elements that are signatures of XML Signature; ascending. */
    readonly signatures: readonly number[],
  ) {
    this.bytes = source.buffer
  }

  #node(node: number, column: number): number {
    return this.nodes[node * nodeColumns + column]!
  }

  #attribute(attribute: number, column: number): number {
    return this.attributes[attribute * attributeColumns + column]!
  }

  kind(node: number): NodeKind {
    return (this.#node(node, nodeColumn.flags) & nodeFlag.kind) as NodeKind
  }

  name(node: number): ExpandedName {
    return this.names.expanded[this.#node(node, nodeColumn.name)]!
  }

  writtenName(node: number): string {
    return this.source.text(this.start(node) + 1, this.nameEnd(node))
  }

  /** Byte offset behind the name in the start tag of an element. */
  nameEnd(node: number): number {
    let end = this.start(node) + 1
    while (!endsName(this.bytes[end])) end++
    return end
  }

  next(node: number): number {
    return this.#node(node, nodeColumn.next)
  }

  start(node: number): number {
    return this.#node(node, nodeColumn.start)
  }

  end(node: number): number {
    return this.#node(node, nodeColumn.end)
  }

  contentStart(node: number): number {
    return this.#node(node, nodeColumn.content)
  }

  isSelfClosing(node: number): boolean {
    return (this.#node(node, nodeColumn.flags) & nodeFlag.selfClosing) !== 0
  }

  text(node: number): string {
    const flags = this.#node(node, nodeColumn.flags)
    const start = this.start(node)
    const end = this.end(node)
    if ((flags & nodeFlag.kind) === nodeKind.cdata) {
      return normaliseLineEnds(this.source.text(start + cdataOpen, end - cdataClose))
    }
    return flags & nodeFlag.encoded ? decodeText(this.source, start, end) : this.source.text(start, end)
  }

  isSpace(node: number): boolean {
    const flags = this.#node(node, nodeColumn.flags)
    if ((flags & nodeFlag.solid) === 0) return true
    return (flags & nodeFlag.encoded) !== 0 && !/[^\t\n\r ]/.test(this.text(node))
  }

  textBytes(node: number): number {
    const markup = this.kind(node) === nodeKind.cdata ? cdataOpen + cdataClose : 0
    return this.end(node) - this.start(node) - markup
  }

  firstAttribute(node: number): number {
    return this.#node(node, nodeColumn.first)
  }

  attributeCount(node: number): number {
    return this.#node(node, nodeColumn.counts) & 0xffff
  }

  attributeName(attribute: number): ExpandedName {
    return this.names.expanded[this.#attribute(attribute, attributeColumn.name)]!
  }

  attributeWrittenName(attribute: number): string {
    const start = this.#attribute(attribute, attributeColumn.nameStart)
    return this.source.text(start, this.#attribute(attribute, attributeColumn.nameEnd))
  }

  attributeValue(attribute: number): string {
    const start = this.#attribute(attribute, attributeColumn.start)
    const end = this.#attribute(attribute, attributeColumn.end)
    const isPlain = this.#attribute(attribute, attributeColumn.flags) === 0
    return isPlain ? this.source.text(start, end) : decodeAttributeValue(this.source, start, end)
  }

  firstDeclaration(node: number): number {
    return this.firstAttribute(node) + this.attributeCount(node)
  }

  declarationCount(node: number): number {
    return this.#node(node, nodeColumn.counts) >>> 16
  }

  declarationPrefix(declaration: number): string {
    return this.names.stringOf(this.#attribute(declaration, attributeColumn.name))
  }

  declarationUri(declaration: number): string {
    return this.names.stringOf(this.#attribute(declaration, attributeColumn.uri))
  }

  locate(offset: number): { readonly line: number; readonly column: number } {
    return this.source.locate(offset)
  }
}

/** White space, '/' or '>': what may stand behind the name in a start tag. */
const endsName = (byte: number | undefined): boolean =>
  byte === undefined || byte <= 0x20 || byte === 0x2f || byte === 0x3e
