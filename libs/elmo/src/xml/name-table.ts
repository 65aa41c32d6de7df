import type { ExpandedName } from './xml-tape.js'
import { refuseLongName } from './refuse-long-name.js'
import type { XmlBytes } from './xml-bytes.js'
import { endsName, isQualifiedName, splitName, xmlNamespace } from './xml-names.js'

/** Where a guess stands, by the name before and the first two bytes of this one; `mask` is one less than their number. */
export const placeOfGuess = (last: number, first: number, second: number, mask: number): number =>
  (last * 73 + first * 11 + second * 5) & mask

/** Documents up to so many bytes, such as a piece of XML in a model, have few names; tables for many would cost more than they. */
const smallDocument = 1024

/** Places looked at before a name goes to a map: names chosen to collide must not cost more than others. */
const maxProbes = 8

/**
 * The names of one document, each met many times: a name as written is found by its bytes, and what it stands for by the
 * namespaces in force. Names, prefixes and URIs become small numbers.
 */
export class NameTable {
  /** What names stand for; the index is the `id`. */
  readonly expanded: ExpandedName[] = []
  readonly #strings: string[] = []
  readonly #stringIds = new Map<string, number>()
  readonly #expandedIds = new Map<number, number>()

  #slots: Int32Array
  readonly #colliding = new Map<string, number>()
  /** Names by the one before and their first two bytes. */
  readonly guesses: Int32Array
  // One entry for each name as written: where it stands first, its length in bytes.
  readonly starts: number[] = []
  readonly lengths: number[] = []
  readonly #hashes: number[] = []
  readonly #prefixes: number[] = []
  readonly #localNames: number[] = []
  readonly #lastUri: number[] = []
  readonly #lastExpanded: number[] = []
  readonly #unqualified: number[] = []
  readonly #declarations: boolean[] = []

  /** The URI that each prefix stands for here: both are numbers of strings; -1 for none. */
  readonly #bindings: number[] = []
  readonly #undo: number[] = []

  readonly noNamespace = this.idOf('')
  readonly xmlns = this.idOf('xmlns')

  constructor(private readonly bytes: XmlBytes) {
    const isSmall = bytes.buffer.length <= smallDocument
    this.#slots = new Int32Array(isSmall ? 32 : 512)
    this.guesses = new Int32Array(isSmall ? 16 : 1024).fill(-1)
    this.#bindings[this.noNamespace] = this.noNamespace
    this.#bindings[this.idOf('xml')] = this.idOf(xmlNamespace)
  }

  /** The number of a string. */
  idOf(text: string): number {
    const known = this.#stringIds.get(text)
    if (known !== undefined) return known
    const id = this.#strings.push(text) - 1
    this.#stringIds.set(text, id)
    return id
  }

  stringOf(id: number): string {
    return this.#strings[id] as string
  }

  /** The number of a name as written. @throws {ElmoError} ELMO_NOT_WELL_FORMED where no qualified name stands */
  intern(start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let probe = 0; probe < maxProbes; probe++) {
      const slot = (hash + probe) & mask
      const entry = this.#slots[slot]! - 1
      if (entry < 0) return this.#add(start, end, hash, slot)
      if (this.#hashes[entry] === hash && this.#isAt(entry, start, end)) return entry
    }
    const name = this.bytes.text(start, end)
    return this.#colliding.get(name) ?? this.#add(start, end, hash, -1)
  }

  /**
   * The name that stood behind a name when one began with these bytes the last time, if it stands here again; -1 if another
   * does. Documents repeat themselves, so this is right nearly always, and looks at each byte once.
   */
  guess(last: number, start: number): number {
    const { buffer } = this.bytes
    const next = this.guesses[placeOfGuess(last, buffer[start] ?? 0, buffer[start + 1] ?? 0, this.guesses.length - 1)]!
    if (next < 0) return -1
    const known = this.starts[next]!
    const length = this.lengths[next]!
    for (let i = 0; i < length; i++) if (buffer[known + i] !== buffer[start + i]) return -1
    return endsName[buffer[start + length] ?? 0x3e] === 1 ? next : -1
  }

  /** Notes which name stood there. */
  learn(last: number, start: number, next: number): void {
    const { buffer } = this.bytes
    this.guesses[placeOfGuess(last, buffer[start] ?? 0, buffer[start + 1] ?? 0, this.guesses.length - 1)] = next
  }

  /** In bytes. */
  lengthOf(entry: number): number {
    return this.lengths[entry]!
  }

  #isAt(entry: number, start: number, end: number): boolean {
    const length = this.lengths[entry]!
    if (end - start !== length) return false
    const { buffer } = this.bytes
    const known = this.starts[entry]!
    for (let i = 0; i < length; i++) if (buffer[known + i] !== buffer[start + i]) return false
    return true
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    refuseLongName(this.bytes, start, end - start)
    const name = this.bytes.text(start, end)
    if (!isQualifiedName(name)) this.bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a name is expected here')
    const { prefix, localName } = splitName(name)
    const entry = this.starts.push(start) - 1
    this.lengths.push(end - start)
    this.#hashes.push(hash)
    this.#prefixes.push(this.idOf(prefix))
    this.#localNames.push(this.idOf(localName))
    this.#lastUri.push(-2)
    this.#lastExpanded.push(-1)
    this.#unqualified.push(-1)
    this.#declarations.push(prefix === 'xmlns' || name === 'xmlns')
    if (slot < 0) this.#colliding.set(name, entry)
    else this.#slots[slot] = entry + 1
    if (this.starts.length * 2 > this.#slots.length) this.#grow()
    return entry
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 4)
    const mask = this.#slots.length - 1
    this.#colliding.clear()
    this.#hashes.forEach((hash, entry) => {
      for (let probe = 0; probe < maxProbes; probe++) {
        const slot = (hash + probe) & mask
        if (this.#slots[slot] !== 0) continue
        this.#slots[slot] = entry + 1
        return
      }
      const start = this.starts[entry]!
      this.#colliding.set(this.bytes.text(start, start + this.lengths[entry]!), entry)
    })
  }

  /** The prefix of a name as written, as the number of a string. */
  prefixOf(entry: number): number {
    return this.#prefixes[entry]!
  }

  /** Whether a name declares a namespace. */
  isDeclaration(entry: number): boolean {
    return this.#declarations[entry]!
  }

  localNameOf(entry: number): number {
    return this.#localNames[entry]!
  }

  /** What a prefix stands for here, -1 for nothing; both are numbers of strings. */
  uriOf(prefix: number): number {
    return this.#bindings[prefix] ?? -1
  }

  /** Declares a prefix, until `undeclare` takes it back. */
  declare(prefix: number, uri: number): void {
    this.#undo.push(prefix, this.uriOf(prefix))
    this.#bindings[prefix] = uri
  }

  /** Takes back the last declarations. */
  undeclare(count: number): void {
    for (let i = 0; i < count; i++) {
      const uri = this.#undo.pop()!
      this.#bindings[this.#undo.pop()!] = uri
    }
  }

  /** The `id` of what the name of an element stands for here; -1 where its prefix is not declared. */
  expandHere(entry: number): number {
    const uri = this.uriOf(this.#prefixes[entry]!)
    return uri < 0 ? -1 : this.expand(entry, uri)
  }

  /** The same of an attribute, which has a namespace only by a prefix; -1 also for what declares a namespace. */
  expandAttribute(entry: number): number {
    if (this.#declarations[entry]) return -1
    const prefix = this.#prefixes[entry]!
    const uri = prefix === this.noNamespace ? prefix : this.uriOf(prefix)
    return uri < 0 ? -1 : this.expand(entry, uri)
  }

  /** The `id` of what a name stands for in a namespace. */
  expand(entry: number, uri: number): number {
    if (uri === this.noNamespace) return this.#expandUnqualified(entry)
    if (this.#lastUri[entry] === uri) return this.#lastExpanded[entry]!
    this.#lastUri[entry] = uri
    return (this.#lastExpanded[entry] = this.#findExpanded(entry, uri))
  }

  /** Attributes have no namespace, and some share their names with elements that have one. */
  #expandUnqualified(entry: number): number {
    const known = this.#unqualified[entry]!
    return known >= 0 ? known : (this.#unqualified[entry] = this.#findExpanded(entry, this.noNamespace))
  }

  #findExpanded(entry: number, uri: number): number {
    const localName = this.#localNames[entry]!
    const key = localName * 2 ** 24 + uri
    let id = this.#expandedIds.get(key)
    if (id === undefined) {
      id = this.expanded.length
      this.expanded.push({ id, localName: this.stringOf(localName), namespace: this.stringOf(uri) })
      this.#expandedIds.set(key, id)
    }
    return id
  }
}
