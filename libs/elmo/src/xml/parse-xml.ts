import { ElmoError } from '../elmo-error.js'
import { defaultLimits, type ElmoLimits } from '../limits.js'
import { isSpace, XmlBytes } from './xml-bytes.js'
import { skipXmlDeclaration } from './xml-declaration.js'
import type { NamespaceScope } from './xml-names.js'
import { readEndTag, readStartTag } from './xml-start-tag.js'
import { decodeText, normaliseLineEnds } from './xml-text.js'

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

interface GrowingElement extends Omit<XmlElement, 'children' | 'end'> {
  readonly children: (XmlElement | string)[]
  end: number
}

interface OpenElement {
  readonly element: GrowingElement
  readonly scope: NamespaceScope | undefined
}

/**
 * Reads one document in one pass: strict, namespace-well-formed XML 1.0 in UTF-8. DOCTYPE, processing instructions and
 * entity references beyond the five of XML are refused; nothing is fetched, nothing recurses, and the limits hold while
 * reading. Messages give a position and never quote the document.
 *
 * Spec: XML 1.0 (fifth edition); Namespaces in XML 1.0.
 * @throws {ElmoError} ELMO_ENCODING, ELMO_NOT_WELL_FORMED, ELMO_FORBIDDEN_MARKUP, ELMO_TOO_LARGE, ELMO_TOO_DEEP,
 * ELMO_TOO_MANY_NODES, ELMO_TOO_MANY_ATTRIBUTES
 */
export function parseXml(bytes: Uint8Array, limits?: Partial<ElmoLimits>): XmlDocument {
  const allLimits = { ...defaultLimits, ...limits }
  if (bytes.length > allLimits.maxBytes) {
    throw new ElmoError('ELMO_TOO_LARGE', `The document is larger than ${allLimits.maxBytes} bytes.`)
  }
  return new TreeReader(new XmlBytes(bytes), allLimits).read()
}

class TreeReader {
  readonly #open: OpenElement[] = []
  readonly #sections: XmlSection[] = []
  #root: XmlElement | undefined
  #nodes = 0
  #comments = 0

  constructor(
    readonly bytes: XmlBytes,
    readonly limits: ElmoLimits,
  ) {}

  read(): XmlDocument {
    const { buffer } = this.bytes
    let offset = skipXmlDeclaration(this.bytes)
    while (offset < buffer.length) {
      const next = buffer.indexOf(0x3c, offset)
      const textEnd = next < 0 ? buffer.length : next
      if (textEnd > offset) this.#text(offset, textEnd)
      if (next < 0) break
      offset = this.#markup(next)
    }
    const open = this.#open.at(-1)
    if (open !== undefined) this.bytes.fail('ELMO_NOT_WELL_FORMED', open.element.start, 'an element is not closed')
    if (this.#root === undefined) return this.bytes.fail('ELMO_NOT_WELL_FORMED', buffer.length, 'there is no element')
    return { root: this.#root, nodes: this.#nodes, comments: this.#comments, sections: this.#sections }
  }

  /** Reads what starts with '<' at the offset, and gives the offset behind it. */
  #markup(start: number): number {
    const { bytes } = this
    const second = bytes.buffer[start + 1]
    if (second === 0x2f) return this.#endTag(start)
    if (second === 0x3f) return bytes.fail('ELMO_FORBIDDEN_MARKUP', start, 'a processing instruction')
    if (second !== 0x21) return this.#startTag(start)
    if (bytes.startsWith('<!--', start)) return this.#comment(start)
    if (bytes.startsWith('<![CDATA[', start)) return this.#cdata(start)
    if (bytes.startsWith('<!DOCTYPE', start)) bytes.fail('ELMO_FORBIDDEN_MARKUP', start, 'a DOCTYPE')
    return bytes.fail('ELMO_NOT_WELL_FORMED', start, 'unknown markup')
  }

  #startTag(start: number): number {
    const parent = this.#open.at(-1)
    if (parent === undefined && this.#root !== undefined) {
      this.bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a second root element')
    }
    this.#count(start)
    if (this.#open.length >= this.limits.maxDepth) {
      this.bytes.fail('ELMO_TOO_DEEP', start, `elements are nested deeper than ${this.limits.maxDepth}`)
    }
    const tag = readStartTag(this.bytes, start, parent?.scope, this.limits)
    const { line, column } = this.bytes.locate(start)
    // Written out, because spreading costs more here than all the rest of the pass.
    const element: GrowingElement = {
      name: tag.name,
      localName: tag.localName,
      namespace: tag.namespace,
      attributes: tag.attributes,
      declarations: tag.declarations,
      children: [],
      line,
      column,
      start,
      end: tag.end,
    }
    if (parent === undefined) this.#root = element
    else parent.element.children.push(element)
    if (!tag.selfClosing) this.#open.push({ element, scope: tag.scope })
    return tag.end
  }

  #endTag(start: number): number {
    const { name, end } = readEndTag(this.bytes, start)
    const element = this.#open.pop()?.element
    if (element?.name !== name)
      return this.bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an end tag without its start tag')
    element.end = end
    return end
  }

  #text(start: number, end: number): void {
    if (this.#open.length > 0) return this.#append(start, decodeText(this.bytes, start, end))
    for (let offset = start; offset < end; offset++) {
      if (isSpace(this.bytes.buffer[offset])) continue
      this.bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'text outside the root element')
    }
  }

  #comment(start: number): number {
    this.#count(start)
    this.#comments++
    const dashes = this.bytes.find('--', start + 4, 'a comment')
    if (this.bytes.buffer[dashes + 2] !== 0x3e) this.bytes.fail('ELMO_NOT_WELL_FORMED', dashes, '-- in a comment')
    this.#sections.push({ kind: 'comment', start, end: dashes + 3 })
    return dashes + 3
  }

  #cdata(start: number): number {
    if (this.#open.length === 0) this.bytes.fail('ELMO_NOT_WELL_FORMED', start, 'text outside the root element')
    const close = this.bytes.find(']]>', start, 'a CDATA section')
    this.#append(start, normaliseLineEnds(this.bytes.text(start + '<![CDATA['.length, close)))
    this.#sections.push({ kind: 'cdata', start, end: close + 3 })
    return close + 3
  }

  /** Text on both sides of a comment or CDATA is one text: nobody can cut a value short with either. */
  #append(start: number, text: string): void {
    this.#count(start)
    const children = this.#open.at(-1)!.element.children
    const last = children.length - 1
    if (typeof children[last] === 'string') children[last] += text
    else if (text !== '') children.push(text)
  }

  #count(start: number): void {
    if (++this.#nodes > this.limits.maxNodes) {
      this.bytes.fail('ELMO_TOO_MANY_NODES', start, `more than ${this.limits.maxNodes} elements, texts and comments`)
    }
  }
}
