import type { ElmoLimits } from '../limits.js'
import { scanXml } from './scan-xml.js'
import { nodeKind, type XmlTape } from './xml-tape.js'

export interface XmlAttribute {
  readonly name: string
  readonly localName: string
  readonly namespace: string
  readonly value: string
}

export interface XmlElement {
  readonly name: string
  readonly localName: string
  /** '' when in no namespace. */
  readonly namespace: string
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[]
  /** Namespace declarations written on this element: prefix ('' = default) to URI. */
  readonly declarations: ReadonlyMap<string, string>
  /** Elements and text in order; adjacent text, CDATA and references are one string. Comments are left out. */
  readonly children: readonly (XmlElement | string)[]
  /** 1-based, of the start tag; the column counts bytes. */
  readonly line: number
  readonly column: number
  /** Byte offsets of the element in the source: from '<' of the start tag to behind '>' of the end tag. */
  readonly start: number
  readonly end: number
}

/** A comment or a CDATA section: byte offsets of the whole, markup included. */
export interface XmlSection {
  readonly kind: 'comment' | 'cdata'
  readonly start: number
  readonly end: number
}

export interface XmlDocument {
  readonly root: XmlElement
  readonly nodes: number
  readonly comments: number
  /** In the order of the source. */
  readonly sections: readonly XmlSection[]
}

/**
 * Reads one document as a tree: strict, namespace-well-formed XML 1.0 in UTF-8. DOCTYPE, processing instructions and
 * entity references beyond the five of XML are refused; nothing is fetched, nothing recurses. The limits hold while
 * reading: 64 MiB, 64 elements deep, 128 attributes for an element, 500,000 nodes unless the caller says otherwise.
 * Messages give line and column and never quote the document.
 *
 * Spec: XML 1.0 (fifth edition); Namespaces in XML 1.0.
 * @throws {ElmoError} ELMO_ENCODING, ELMO_NOT_WELL_FORMED, ELMO_FORBIDDEN_MARKUP, ELMO_TOO_LARGE, ELMO_TOO_DEEP,
 * ELMO_TOO_MANY_NODES, ELMO_TOO_MANY_ATTRIBUTES
 */
export function parseXml(bytes: Uint8Array, limits?: Partial<ElmoLimits>): XmlDocument {
  return parseTree(scanXml(bytes, limits))
}

/** A document that was scanned already, as a tree. */
export function parseTree(tape: XmlTape): XmlDocument {
  return { root: treeOf(tape, tape.root), nodes: tape.length, comments: tape.comments, sections: sectionsOf(tape) }
}

function sectionsOf(tape: XmlTape): XmlSection[] {
  const sections: XmlSection[] = []
  for (let node = 0; node < tape.length; node++) {
    const kind = tape.kind(node)
    if (kind !== nodeKind.comment && kind !== nodeKind.cdata) continue
    const name = kind === nodeKind.comment ? 'comment' : 'cdata'
    sections.push({ kind: name, start: tape.start(node), end: tape.end(node) })
  }
  return sections
}

const noAttributes: readonly XmlAttribute[] = []
const noDeclarations: ReadonlyMap<string, string> = new Map()

/** One element, which grows while its content is read. */
class TreeElement implements XmlElement {
  readonly name: string
  readonly localName: string
  readonly namespace: string
  readonly attributes: readonly XmlAttribute[]
  readonly declarations: ReadonlyMap<string, string>
  readonly children: (XmlElement | string)[] = []
  readonly start: number
  readonly end: number
  readonly #tape: XmlTape

  constructor(tape: XmlTape, node: number) {
    const { localName, namespace } = tape.name(node)
    this.name = tape.writtenName(node)
    this.localName = localName
    this.namespace = namespace
    this.attributes = attributesOf(tape, node)
    this.declarations = declarationsOf(tape, node)
    this.start = tape.start(node)
    this.end = tape.end(node)
    this.#tape = tape
  }

  // Lines are only counted for who asks: nearly nobody does.
  get line(): number {
    return this.#tape.locate(this.start).line
  }

  get column(): number {
    return this.#tape.locate(this.start).column
  }
}

/** An element of a tape with everything in it, as a tree. Text on both sides of a comment or CDATA is one text. */
export function treeOf(tape: XmlTape, root: number): XmlElement {
  const tree = new TreeElement(tape, root)
  const open = [{ element: tree, next: tape.next(root) }]
  for (let node = root + 1; node < tape.next(root); node++) {
    while (node >= open.at(-1)!.next) open.pop()
    const { children } = open.at(-1)!.element
    const kind = tape.kind(node)
    if (kind === nodeKind.element) {
      const element = new TreeElement(tape, node)
      children.push(element)
      open.push({ element, next: tape.next(node) })
    } else if (kind !== nodeKind.comment) appendText(children, tape.text(node))
  }
  return tree
}

function appendText(children: (XmlElement | string)[], text: string): void {
  const last = children.length - 1
  if (typeof children[last] === 'string') children[last] += text
  else if (text !== '') children.push(text)
}

function attributesOf(tape: XmlTape, node: number): readonly XmlAttribute[] {
  const count = tape.attributeCount(node)
  if (count === 0) return noAttributes
  const first = tape.firstAttribute(node)
  return Array.from({ length: count }, (_, i) => {
    const { localName, namespace } = tape.attributeName(first + i)
    const name = tape.attributeWrittenName(first + i)
    return { name, localName, namespace, value: tape.attributeValue(first + i) }
  })
}

function declarationsOf(tape: XmlTape, node: number): ReadonlyMap<string, string> {
  const count = tape.declarationCount(node)
  if (count === 0) return noDeclarations
  const first = tape.firstDeclaration(node)
  return new Map(
    Array.from({ length: count }, (_, i) => [tape.declarationPrefix(first + i), tape.declarationUri(first + i)]),
  )
}
