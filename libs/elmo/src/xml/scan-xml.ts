import { ElmoError } from '../elmo-error.js'
import { defaultLimits, type ElmoLimits } from '../limits.js'
import { runAtOnce, type Steps } from '../steps.js'
import { Columns } from './columns.js'
import { sharedDictionary, signatureName } from './name-dictionary.js'
import { NameScope } from './name-scope.js'
import { scanPlain, shortText, type ScanState } from './scan-plain.js'
import { attributeColumns, nodeColumn, nodeColumns, nodeFlag, ScannedXml } from './scanned-xml.js'
import { StartTagScanner } from './scan-start-tag.js'
import {
  bitsOfByte,
  bitsOfLongText,
  checkReferences,
  refuseControlCharacters,
  refuseSectionEnd,
  textBit,
} from './text-flags.js'
import { isSpace, XmlBytes } from './xml-bytes.js'
import { skipXmlDeclaration } from './xml-declaration.js'
import { nodeKind } from './xml-tape.js'

/** Few documents have more nodes and attributes for their bytes: the room of the rest is never touched, so it costs nothing. */
const bytesOfNode = 12
const bytesOfAttribute = 40

/**
 * Reads one document in one pass: strict, namespace-well-formed XML 1.0 in UTF-8. DOCTYPE, processing instructions and
 * entity references beyond the five of XML are refused; nothing is fetched, nothing recurses, and the limits hold while
 * reading. Messages give a position and never quote the document.
 *
 * Spec: XML 1.0 (fifth edition); Namespaces in XML 1.0.
 * @throws {ElmoError} ELMO_ENCODING, ELMO_NOT_WELL_FORMED, ELMO_FORBIDDEN_MARKUP, ELMO_TOO_LARGE, ELMO_TOO_DEEP,
 * ELMO_TOO_MANY_NODES, ELMO_TOO_MANY_ATTRIBUTES
 */
export function scanXml(bytes: Uint8Array, limits?: Partial<ElmoLimits>): ScannedXml {
  return runAtOnce(scanInSteps(bytes, limits))
}

/** How many bytes are scanned before others may have the processor. */
const sliceBytes = 1024 * 1024

/** `scanXml` in slices. @throws {ElmoError} as `scanXml` */
export function* scanInSteps(bytes: Uint8Array, limits?: Partial<ElmoLimits>): Steps<ScannedXml> {
  const allLimits = { ...defaultLimits, ...limits }
  if (bytes.length > allLimits.maxBytes) {
    throw new ElmoError('ELMO_TOO_LARGE', `The document is larger than ${allLimits.maxBytes} bytes.`)
  }
  const source = new XmlBytes(bytes)
  yield* source.checkCharacters()
  const scanner = new XmlScanner(source, allLimits)
  while (scanner.offset < bytes.length) {
    scanner.advance(Math.min(scanner.offset + sliceBytes, bytes.length))
    if (scanner.offset < bytes.length) yield
  }
  return scanner.finish()
}

/** `advance` until the length of the document, then `finish`. */
class XmlScanner {
  readonly #bytes: XmlBytes
  readonly #limits: ElmoLimits
  readonly #names: NameScope
  readonly #nodes: Columns
  readonly #open = new Columns(2, 64)
  readonly #tags: StartTagScanner
  readonly #state: ScanState
  readonly #special: number[] = []
  readonly #signatures: number[] = []
  #offset: number
  #root = -1
  #comments = 0
  #hasSpacedEnds = false

  /** @throws {ElmoError} as `scanXml` */
  constructor(bytes: XmlBytes, limits: ElmoLimits) {
    this.#limits = limits
    this.#bytes = bytes
    this.#names = new NameScope(sharedDictionary())
    const room = Math.min(bytes.buffer.length, 4 * 2 ** 20)
    const attributes = new Columns(attributeColumns, 64 + Math.ceil(room / bytesOfAttribute))
    this.#nodes = new Columns(nodeColumns, 64 + Math.ceil(room / bytesOfNode))
    this.#tags = new StartTagScanner(bytes, this.#names, attributes, limits)
    this.#state = {
      bytes,
      names: this.#names,
      nodes: this.#nodes,
      attributes,
      tags: this.#tags,
      limits,
      open: this.#open,
    }
    this.#offset = skipXmlDeclaration(bytes)
  }

  /** Where the scan stands, in bytes. */
  get offset(): number {
    return this.#offset
  }

  /** Scans on until the offset is reached or passed; what begins before it is read whole. @throws {ElmoError} as `scanXml` */
  advance(until: number): void {
    let offset = this.#offset
    while (offset < until) offset = this.#readOne(scanPlain(this.#state, offset, until))
    this.#offset = offset
  }

  /** Reads one text, tag, comment or section, whatever it is; gives the offset behind it. */
  #readOne(offset: number): number {
    const { buffer } = this.#bytes
    if (offset >= buffer.length) return offset
    if (buffer[offset] !== 0x3c) return this.#text(offset)
    const second = buffer[offset + 1]
    if (second === 0x2f) return this.#endTag(offset)
    if (second === 0x21) return this.#declared(offset)
    if (second === 0x3f) this.#instruction(offset)
    return this.#startTag(offset)
  }

  /** Nothing may stand before the XML declaration, not even the empty line that many a script writes. @throws {ElmoError} */
  #instruction(offset: number): never {
    const isDeclaration = /^<\?xml\s$/.test(this.#bytes.buffer.toString('latin1', offset, offset + 6))
    const what = isDeclaration ? 'an XML declaration that something stands before' : 'a processing instruction'
    return this.#bytes.fail('ELMO_FORBIDDEN_MARKUP', offset, what)
  }

  /** @throws {ElmoError} ELMO_NOT_WELL_FORMED */
  finish(): ScannedXml {
    if (this.#open.rows > 0) {
      const open = this.#open.values[this.#open.rows * 2 - 2]!
      const start = this.#nodes.values[open * nodeColumns + nodeColumn.start]!
      this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an element is not closed')
    }
    if (this.#root < 0) this.#bytes.fail('ELMO_NOT_WELL_FORMED', this.#bytes.buffer.length, 'there is no element')
    const { values, rows } = this.#nodes
    // Ends are met in another order than beginnings.
    if (this.#hasSpacedEnds) this.#special.sort((a, b) => a - b)
    return new ScannedXml(
      this.#bytes,
      values,
      this.#state.attributes.values,
      this.#names.dictionary,
      rows,
      this.#root,
      this.#comments,
      this.#special,
      this.#signatures,
    )
  }

  #startTag(start: number): number {
    const depth = this.#open.rows
    if (depth === 0 && this.#root >= 0) this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a second root element')
    const at = this.#addNode(start)
    if (depth >= this.#limits.maxDepth) {
      this.#bytes.fail('ELMO_TOO_DEEP', start, `elements are nested deeper than ${this.#limits.maxDepth}`)
    }
    const tag = this.#tags
    tag.scan(start)
    const { values, rows } = this.#nodes
    const node = rows - 1
    if (depth === 0) this.#root = node
    values[at + nodeColumn.flags] = nodeKind.element | tag.flags
    if (tag.flags !== 0 || tag.declarations > 0) this.#special.push(node)
    if (tag.name === signatureName) this.#signatures.push(node)
    values[at + nodeColumn.content] = tag.end
    values[at + nodeColumn.name] = tag.name
    values[at + nodeColumn.first] = tag.first
    values[at + nodeColumn.counts] = tag.attributes | (tag.declarations << 16)
    if (tag.flags & nodeFlag.selfClosing) {
      values[at + nodeColumn.end] = tag.end
      values[at + nodeColumn.next] = node + 1
      this.#names.undeclare(tag.declarations)
    } else {
      const place = this.#open.add()
      this.#open.values[place] = node
      this.#open.values[place + 1] = tag.writtenName
    }
    return tag.end
  }

  #endTag(start: number): number {
    const { buffer } = this.#bytes
    const { values } = this.#nodes
    if (this.#open.rows === 0) this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an end tag without its start tag')
    const node = this.#open.values[--this.#open.rows * 2]!
    const at = node * nodeColumns
    // The name must be the one of the start tag, byte by byte, and end where that one does.
    let known = values[at + nodeColumn.start]! + 1
    let offset = start + 2
    while (offset < buffer.length && buffer[offset] === buffer[known] && !endsName(buffer[offset]!)) {
      offset++
      known++
    }
    if (!endsName(buffer[known]!) || (buffer[offset] !== 0x3e && !isSpace(buffer[offset]))) {
      this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an end tag without its start tag')
    }
    if (buffer[offset] !== 0x3e) {
      offset = this.#bytes.skipSpace(offset)
      if (buffer[offset] !== 0x3e) this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'an end tag is not closed')
      const flags = values[at + nodeColumn.flags]!
      if ((flags & ~nodeFlag.kind) === 0 && values[at + nodeColumn.counts]! >>> 16 === 0) this.#special.push(node)
      values[at + nodeColumn.flags] = flags | nodeFlag.spacedEnd
      this.#hasSpacedEnds = true
    }
    values[at + nodeColumn.end] = offset + 1
    values[at + nodeColumn.next] = this.#nodes.rows
    const declarations = values[at + nodeColumn.counts]! >>> 16
    if (declarations > 0) this.#names.undeclare(declarations)
    return offset + 1
  }

  #text(start: number): number {
    const { buffer } = this.#bytes
    let end = start
    const short = Math.min(start + shortText, buffer.length)
    const bitsOf = bitsOfByte
    let bits = 0
    for (; end < short; end++) {
      const byte = buffer[end]!
      if (byte === 0x3c) break
      bits |= bitsOf[byte]!
    }
    if (end === short && short < buffer.length) {
      const next = buffer.indexOf(0x3c, short)
      end = next < 0 ? buffer.length : next
      bits |= bitsOfLongText(buffer.subarray(short, end))
    }
    if (this.#open.rows === 0) this.#outside(start, end)
    else this.#addText(bits, start, end)
    return end
  }

  #addText(bits: number, start: number, end: number): void {
    if (bits & textBit.control) refuseControlCharacters(this.#bytes, start, end)
    let flags: number = nodeKind.text
    if (bits & textBit.solid) flags |= nodeFlag.solid
    if (bits & (textBit.ampersand | textBit.carriageReturn)) flags |= nodeFlag.encoded
    if (bits & (textBit.greater | textBit.carriageReturn)) flags |= nodeFlag.uncanonical
    if (bits & textBit.greater) refuseSectionEnd(this.#bytes, start, end)
    if (bits & textBit.ampersand && !checkReferences(this.#bytes, start, end)) flags |= nodeFlag.uncanonical
    this.#addLeaf(flags, start, end)
  }

  #outside(start: number, end: number): void {
    for (let offset = start; offset < end; offset++) {
      if (isSpace(this.#bytes.buffer[offset])) continue
      this.#bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'text outside the root element')
    }
  }

  /** What begins with `<!`. */
  #declared(start: number): number {
    const bytes = this.#bytes
    if (bytes.startsWith('<!--', start)) return this.#comment(start)
    if (bytes.startsWith('<![CDATA[', start)) return this.#cdata(start)
    if (bytes.startsWith('<!DOCTYPE', start)) bytes.fail('ELMO_FORBIDDEN_MARKUP', start, 'a DOCTYPE')
    return bytes.fail('ELMO_NOT_WELL_FORMED', start, 'unknown markup')
  }

  #comment(start: number): number {
    this.#comments++
    const dashes = this.#bytes.find('--', start + 4, 'a comment')
    if (this.#bytes.buffer[dashes + 2] !== 0x3e) {
      this.#bytes.fail('ELMO_NOT_WELL_FORMED', dashes, '-- in a comment')
    }
    refuseControlCharacters(this.#bytes, start, dashes)
    this.#addLeaf(nodeKind.comment | nodeFlag.uncanonical, start, dashes + 3)
    return dashes + 3
  }

  #cdata(start: number): number {
    if (this.#open.rows === 0) this.#bytes.fail('ELMO_NOT_WELL_FORMED', start, 'text outside the root element')
    const end = this.#bytes.find(']]>', start + '<![CDATA['.length, 'a CDATA section') + 3
    refuseControlCharacters(this.#bytes, start, end)
    // Whether it is blank is asked seldom, and answered by its text.
    this.#addLeaf(nodeKind.cdata | nodeFlag.solid | nodeFlag.encoded | nodeFlag.uncanonical, start, end)
    return end
  }

  #addLeaf(flags: number, start: number, end: number): void {
    const at = this.#addNode(start)
    const { values, rows } = this.#nodes
    if (flags & nodeFlag.uncanonical) this.#special.push(rows - 1)
    values[at + nodeColumn.flags] = flags
    values[at + nodeColumn.end] = end
    values[at + nodeColumn.next] = rows
  }

  #addNode(start: number): number {
    if (this.#nodes.rows >= this.#limits.maxNodes) {
      const what = `more than ${this.#limits.maxNodes} elements, texts and comments`
      this.#bytes.fail('ELMO_TOO_MANY_NODES', start, what)
    }
    const at = this.#nodes.add()
    this.#nodes.values[at + nodeColumn.start] = start
    return at
  }
}

/** White space, '/' or '>': what may stand behind a name in a tag. Other bytes were refused when the name was first met. */
const endsName = (byte: number): boolean => byte <= 0x20 || byte === 0x2f || byte === 0x3e
