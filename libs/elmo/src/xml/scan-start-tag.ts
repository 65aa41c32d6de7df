import type { ElmoLimits } from '../limits.js'
import type { Columns } from './columns.js'
import { compareText } from './compare-text.js'
import { nameColumn, nameColumns, type NameDictionary } from './name-dictionary.js'
import type { NameScope } from './name-scope.js'
import { attributeColumn, attributeColumns, nodeFlag } from './scanned-xml.js'
import { refuseLongName } from './refuse-long-name.js'
import { type XmlBytes } from './xml-bytes.js'
import { endsName, xmlNamespace, xmlnsNamespace } from './xml-names.js'
import { refuseControlCharacters } from './text-flags.js'
import { decodeAttributeValue } from './xml-text.js'

/** Bytes of an attribute value that are more than themselves: references, white space other than blanks, control characters, and '<'. */
const special = new Uint8Array(256)
special.fill(1, 0, 0x20)
for (const byte of Buffer.from('&<')) special[byte] = 1

/** Columns of an entry while the namespaces of its tag are not yet known. */
const entryColumn = attributeColumn.name

/**
 * Reads start tags. One object for a document, and its properties are those of the last tag: nothing is allocated for
 * each of them.
 */
export class StartTagScanner {
  /** `id` of the element's name. */
  name = 0
  /** Behind '>'. */
  end = 0
  flags = 0
  first = 0
  attributes = 0
  declarations = 0

  /** The element's name as written. */
  writtenName = 0
  /** The name read last. */
  last = 0

  #nameEnd = 0
  readonly #dictionary: NameDictionary

  constructor(
    private readonly bytes: XmlBytes,
    private readonly names: NameScope,
    private readonly columns: Columns,
    private readonly limits: ElmoLimits,
  ) {
    this.#dictionary = names.dictionary
  }

  /** Reads the start tag whose '<' stands at the offset. @throws {ElmoError} ELMO_NOT_WELL_FORMED, ELMO_TOO_MANY_ATTRIBUTES */
  scan(start: number): void {
    const { bytes, names } = this
    this.flags = 0
    this.attributes = 0
    this.declarations = 0
    this.first = this.columns.rows
    const entry = this.#readName(start + 1)
    this.writtenName = entry
    let count = 0
    if (bytes.buffer[this.#nameEnd] === 0x3e) this.end = this.#nameEnd + 1
    else {
      this.end = this.#readAttributes(this.#nameEnd)
      count = this.columns.rows - this.first
      if (count > 0) this.#resolveDeclarations(count)
    }
    this.name = names.expandElement(entry)
    if (this.name < 0) bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a prefix is not declared')
    if (this.attributes > 0) this.#resolveAttributes()
    if (count > 1 && !this.#isSorted()) this.flags |= nodeFlag.uncanonical
  }

  #readName(start: number): number {
    const { buffer } = this.bytes
    const dictionary = this.#dictionary
    const guess = dictionary.guess(this.last, this.bytes, start)
    if (guess >= 0) {
      this.last = guess
      this.#nameEnd = start + this.#lengthOf(guess)
      return guess
    }
    const isEnd = endsName
    let hash = 0
    let end = start
    for (; end < buffer.length; end++) {
      const byte = buffer[end]!
      if (isEnd[byte] === 1) break
      hash = (Math.imul(hash, 31) + byte) | 0
    }
    this.#nameEnd = end
    const entry = dictionary.intern(this.bytes, start, end, hash)
    dictionary.learn(this.last, this.bytes, start, entry)
    return (this.last = entry)
  }

  #lengthOf(entry: number): number {
    return this.#dictionary.names[entry * nameColumns + nameColumn.length]!
  }

  #isDeclaration(entry: number): boolean {
    return this.#dictionary.names[entry * nameColumns + nameColumn.declares] === 1
  }

  #readAttributes(start: number): number {
    const { bytes, columns } = this
    const { buffer } = bytes
    const specialBytes = special
    for (let offset = start; ;) {
      const next = buffer[offset] === 0x20 && buffer[offset + 1]! > 0x20 ? offset + 1 : bytes.skipSpace(offset)
      const byte = buffer[next]
      if (byte === 0x3e) {
        if (next !== offset) this.flags |= nodeFlag.uncanonical
        return next + 1
      }
      if (byte === 0x2f && buffer[next + 1] === 0x3e) {
        this.flags |= next === offset ? nodeFlag.selfClosing : nodeFlag.selfClosing | nodeFlag.uncanonical
        return next + 2
      }
      if (byte === undefined) bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a start tag is not closed')
      if (next === offset) bytes.fail('ELMO_NOT_WELL_FORMED', next, 'white space is missing before an attribute')
      if (columns.rows - this.first >= this.limits.maxAttributes) {
        bytes.fail('ELMO_TOO_MANY_ATTRIBUTES', next, `more than ${this.limits.maxAttributes} attributes on one element`)
      }
      const entry = this.#readName(next)
      const nameEnd = this.#nameEnd
      const equals = buffer[nameEnd] === 0x3d ? nameEnd : bytes.skipSpace(nameEnd)
      const open = buffer[equals + 1] === 0x22 ? equals + 1 : bytes.skipSpace(equals + 1)
      const quote = buffer[open]
      if (buffer[equals] !== 0x3d || (quote !== 0x22 && quote !== 0x27)) {
        bytes.fail('ELMO_NOT_WELL_FORMED', next, 'an attribute has no quoted value')
      }
      let isSpecial = 0
      let close = open + 1
      for (; close < buffer.length; close++) {
        const value = buffer[close]!
        if (value === quote) break
        isSpecial |= specialBytes[value]!
      }
      if (close >= buffer.length) bytes.fail('ELMO_NOT_WELL_FORMED', open + 1, 'an attribute value is not closed')
      if (isSpecial) {
        refuseControlCharacters(bytes, open + 1, close)
        // Decoding refuses what else may not stand in a value.
        decodeAttributeValue(bytes, open + 1, close)
      }
      const isCanonical =
        next === offset + 1 && buffer[offset] === 0x20 && open === nameEnd + 1 && quote === 0x22 && isSpecial === 0
      if (!isCanonical) this.flags |= nodeFlag.uncanonical
      if (this.#isDeclaration(entry)) this.declarations++
      const at = columns.add()
      const { values } = columns
      values[at + entryColumn] = entry
      values[at + attributeColumn.nameStart] = next
      values[at + attributeColumn.nameEnd] = nameEnd
      values[at + attributeColumn.start] = open + 1
      values[at + attributeColumn.end] = close
      values[at + attributeColumn.flags] = isSpecial
      offset = close + 1
    }
  }

  /** Declares what the tag declares, and moves declarations behind attributes. Spec: Namespaces in XML 1.0, 3 and 5. */
  #resolveDeclarations(count: number): void {
    const begin = this.first * attributeColumns
    this.attributes = count - this.declarations
    if (this.declarations === 0) return
    if (this.attributes > 0) this.#moveDeclarationsBack(begin, count)
    for (let i = this.attributes; i < count; i++) this.#declare(begin + i * attributeColumns, i - this.attributes)
  }

  #moveDeclarationsBack(begin: number, count: number): void {
    const { values } = this.columns
    const isDeclaration = (at: number): boolean => this.#isDeclaration(values[at + entryColumn]!)
    const rows = Array.from({ length: count }, (_, i) => begin + i * attributeColumns)
    const attributes = rows.filter((at) => !isDeclaration(at))
    const declarations = rows.filter(isDeclaration)
    // Canonical form has declarations first.
    if (declarations.some((at, i) => at !== rows[i])) this.flags |= nodeFlag.uncanonical
    const moved = [...attributes, ...declarations].map((at) => values.slice(at, at + attributeColumns))
    moved.forEach((row, i) => values.set(row, begin + i * attributeColumns))
  }

  #declare(at: number, before: number): void {
    const { bytes, names, columns } = this
    const dictionary = this.#dictionary
    const { values } = columns
    const entry = values[at + entryColumn]!
    const start = values[at + attributeColumn.start]!
    const end = values[at + attributeColumn.end]!
    const value =
      values[at + attributeColumn.flags] === 0 ? bytes.text(start, end) : decodeAttributeValue(bytes, start, end)
    const isDefault = dictionary.names[entry * nameColumns + nameColumn.prefix] === dictionary.nothing
    const prefix = isDefault ? dictionary.nothing : dictionary.names[entry * nameColumns + nameColumn.localName]!
    const word = isDefault ? '' : dictionary.stringOf(prefix)
    const reserved = word === 'xmlns' || value === xmlnsNamespace || (word === 'xml') !== (value === xmlNamespace)
    let isRepeated = false
    for (let i = 1; i <= before; i++) isRepeated ||= values[at - i * attributeColumns + attributeColumn.name] === prefix
    if (reserved || (!isDefault && value === '') || isRepeated) {
      bytes.fail(
        'ELMO_NOT_WELL_FORMED',
        values[at + attributeColumn.nameStart]!,
        'a namespace declaration is not allowed here',
      )
    }
    refuseLongName(bytes, values[at + attributeColumn.nameStart]!, value.length)
    const uri = dictionary.idOf(value)
    // What is in force already is not said again in canonical form.
    if (names.uriOf(prefix) === uri) this.flags |= nodeFlag.uncanonical
    names.declare(prefix, uri)
    values[at + attributeColumn.name] = prefix
    values[at + attributeColumn.uri] = uri
  }

  #resolveAttributes(): void {
    const { bytes, names, columns } = this
    const { values } = columns
    const begin = this.first * attributeColumns
    const end = begin + this.attributes * attributeColumns
    for (let at = begin; at < end; at += attributeColumns) {
      const entry = values[at + entryColumn]!
      const offset = values[at + attributeColumn.nameStart]!
      const name = names.expandAttribute(entry)
      if (name < 0) bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'a prefix is not declared')
      for (let other = begin; other < at; other += attributeColumns) {
        if (values[other] === name) bytes.fail('ELMO_NOT_WELL_FORMED', offset, 'an attribute stands twice')
      }
      values[at + attributeColumn.name] = name
    }
  }

  /** Whether attributes and declarations stand in the order of canonical form. Spec: Canonical XML 1.0, 2.2. */
  #isSorted(): boolean {
    const { columns } = this
    const names = this.#dictionary
    const { values } = columns
    const begin = this.first * attributeColumns
    const middle = begin + this.attributes * attributeColumns
    const end = middle + this.declarations * attributeColumns
    for (let at = begin + attributeColumns; at < middle; at += attributeColumns) {
      const a = names.expanded[values[at - attributeColumns]!]!
      const b = names.expanded[values[at]!]!
      if (compareText(a.namespace, b.namespace) > 0) return false
      if (a.namespace === b.namespace && compareText(a.localName, b.localName) > 0) return false
    }
    for (let at = middle + attributeColumns; at < end; at += attributeColumns) {
      if (compareText(names.stringOf(values[at - attributeColumns]!), names.stringOf(values[at]!)) > 0) return false
    }
    return true
  }
}
