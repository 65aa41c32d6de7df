import { bytesBehindName, NameWords, standsAt } from './name-words.js'
import { refuseLongName } from './refuse-long-name.js'
import type { XmlBytes } from './xml-bytes.js'
import type { ExpandedName } from './xml-tape.js'
import { dsigNamespace, endsName, isQualifiedName, splitName, xmlNamespace } from './xml-names.js'

/** Columns of a name as written. `uri` and `expanded` remember what was asked last, `unqualified` what it is in no namespace. */
export const nameColumn = {
  words: 0,
  length: 1,
  prefix: 2,
  localName: 3,
  uri: 4,
  expanded: 5,
  unqualified: 6,
  declares: 7,
} as const
export const nameColumns = 8

/** A dictionary with more names, or more characters in them, is not used for another document. */
const mostNames = 1000
const mostCharacters = 64 * 1024

/** Places looked at before a name goes to a map: names chosen to collide must not cost more than others. */
const maxProbes = 8

/** The `id` of the name that XML Signature gives its outermost element, in every dictionary. */
export const signatureName = 0

const guessPlaces = 4096

/** Where a guess stands, by the name before and the first two bytes of this one; its neighbour is the second guess. */
export const placeOfGuess = (last: number, first: number, second: number): number =>
  Math.imul(Math.imul(last, 0x2c1b3c6d) ^ ((first << 8) | second), 0x297a2d39) >>> 20

/**
 * The names met in documents: a name as written is found by its bytes, and what it stands for by the namespace. Names,
 * prefixes and URIs become small numbers. Only grows, and nothing in it depends on a document: documents use it one after
 * the other, and at the same time.
 */
export class NameDictionary {
  /** What names stand for; the index is the `id`. */
  readonly expanded: ExpandedName[] = []
  /** Their namespaces, as numbers of strings. */
  readonly uris: number[] = []
  readonly #expandedIds = new Map<number, number>()
  readonly #strings: string[] = []
  readonly #stringIds = new Map<string, number>()
  #characters = 0

  /** How many names as written there are. */
  count = 0
  /** `nameColumns` integers for each name as written. */
  names = new Int32Array(128 * nameColumns)
  readonly #hashes: number[] = []
  #slots = new Int32Array(512)
  readonly #colliding = new Map<string, number>()
  readonly #spelling = new NameWords()
  /** Names by the one before and their first two bytes: which of them stood there. */
  readonly guesses = new Int32Array(guessPlaces).fill(-1)

  /** '' as the number of a string. */
  readonly nothing = this.idOf('')
  /** The prefix that is declared everywhere, and what it stands for. */
  readonly xml = this.idOf('xml')
  readonly xmlUri = this.idOf(xmlNamespace)

  constructor() {
    this.#findExpanded(this.idOf('Signature'), this.idOf(dsigNamespace))
  }

  /** Whether so much is in it that another one should begin. */
  get isFull(): boolean {
    return this.#strings.length > mostNames || this.#characters > mostCharacters
  }

  /** The bytes of the names. */
  get words(): Int32Array {
    return this.#spelling.words
  }

  /** The number of a string. */
  idOf(text: string): number {
    const known = this.#stringIds.get(text)
    if (known !== undefined) return known
    const id = this.#strings.push(text) - 1
    this.#stringIds.set(text, id)
    this.#characters += text.length
    return id
  }

  stringOf(id: number): string {
    return this.#strings[id] as string
  }

  /**
   * One of the two names that stood behind a name when they began with these bytes, if it stands here again; -1 if another
   * does. Documents repeat themselves, so this is right nearly always, and looks at each byte once.
   */
  guess(last: number, bytes: XmlBytes, start: number): number {
    const { buffer } = bytes
    const place = placeOfGuess(last, buffer[start] ?? 0, buffer[start + 1] ?? 0)
    const first = this.guesses[place]!
    if (first >= 0 && this.#standsAt(first, bytes, start)) return first
    const second = this.guesses[place ^ 1]!
    return second >= 0 && this.#standsAt(second, bytes, start) ? second : -1
  }

  #standsAt(entry: number, { buffer, view }: XmlBytes, start: number): boolean {
    const { names } = this
    const at = entry * nameColumns
    const length = names[at + nameColumn.length]!
    const end = start + length
    if (end + bytesBehindName >= buffer.length) return false
    return standsAt(view, start, this.words, names[at + nameColumn.words]!, length) && endsName[buffer[end]!] === 1
  }

  /** Notes which name stood there. */
  learn(last: number, { buffer }: XmlBytes, start: number, next: number): void {
    const place = placeOfGuess(last, buffer[start] ?? 0, buffer[start + 1] ?? 0)
    this.guesses[place ^ 1] = this.guesses[place]!
    this.guesses[place] = next
  }

  /** The number of a name as written. @throws {ElmoError} ELMO_NOT_WELL_FORMED where no qualified name stands */
  intern(bytes: XmlBytes, start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1
    for (let probe = 0; probe < maxProbes; probe++) {
      const slot = (hash + probe) & mask
      const entry = this.#slots[slot]! - 1
      if (entry < 0) return this.#add(bytes, start, end, hash, slot)
      if (this.#hashes[entry] === hash && this.#isAt(entry, bytes.buffer, start, end)) return entry
    }
    return this.#colliding.get(bytes.text(start, end)) ?? this.#add(bytes, start, end, hash, -1)
  }

  #isAt(entry: number, buffer: Buffer, start: number, end: number): boolean {
    const length = this.names[entry * nameColumns + nameColumn.length]!
    if (end - start !== length) return false
    const from = this.names[entry * nameColumns + nameColumn.words]!
    for (let i = 0; i < length; i++) {
      if (((this.words[from + (i >> 2)]! >>> (8 * (i & 3))) & 0xff) !== buffer[start + i]) return false
    }
    return true
  }

  #add(bytes: XmlBytes, start: number, end: number, hash: number, slot: number): number {
    refuseLongName(bytes, start, end - start)
    const name = bytes.text(start, end)
    if (!isQualifiedName(name)) bytes.fail('ELMO_NOT_WELL_FORMED', start, 'a name is expected here')
    const { prefix, localName } = splitName(name)
    const entry = this.count++
    const at = entry * nameColumns
    if (at + nameColumns > this.names.length) {
      const larger = new Int32Array(this.names.length * 2)
      larger.set(this.names)
      this.names = larger
    }
    this.names[at + nameColumn.words] = this.#spelling.add(bytes.buffer, start, end)
    this.names[at + nameColumn.length] = end - start
    this.names[at + nameColumn.prefix] = this.idOf(prefix)
    this.names[at + nameColumn.localName] = this.idOf(localName)
    this.names[at + nameColumn.uri] = -1
    this.names[at + nameColumn.expanded] = -1
    this.names[at + nameColumn.unqualified] = -1
    this.names[at + nameColumn.declares] = prefix === 'xmlns' || name === 'xmlns' ? 1 : 0
    this.#hashes.push(hash)
    if (slot < 0) this.#colliding.set(name, entry)
    else this.#slots[slot] = entry + 1
    if (this.count * 2 > this.#slots.length) this.#growSlots()
    return entry
  }

  #growSlots(): void {
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
      this.#colliding.set(this.#written(entry), entry)
    })
  }

  #written(entry: number): string {
    const at = entry * nameColumns
    const prefix = this.stringOf(this.names[at + nameColumn.prefix]!)
    const localName = this.stringOf(this.names[at + nameColumn.localName]!)
    return prefix === '' ? localName : `${prefix}:${localName}`
  }

  /** The `id` of what a name as written stands for in a namespace. */
  expand(entry: number, uri: number): number {
    const at = entry * nameColumns
    const { names } = this
    // Attributes have no namespace, and some share their names with elements that have one.
    const column = uri === this.nothing ? nameColumn.unqualified : nameColumn.expanded
    if (column === nameColumn.unqualified ? names[at + column]! >= 0 : names[at + nameColumn.uri] === uri) {
      return names[at + column]!
    }
    if (column === nameColumn.expanded) names[at + nameColumn.uri] = uri
    return (names[at + column] = this.#findExpanded(names[at + nameColumn.localName]!, uri))
  }

  #findExpanded(localName: number, uri: number): number {
    const key = localName * 2 ** 24 + uri
    let id = this.#expandedIds.get(key)
    if (id === undefined) {
      id = this.expanded.length
      this.expanded.push({ id, localName: this.stringOf(localName), namespace: this.stringOf(uri) })
      this.uris.push(uri)
      this.#expandedIds.set(key, id)
    }
    return id
  }
}

let shared = new NameDictionary()

/** The dictionary for a new document. Documents of one service have much the same names, in much the same order. */
export function sharedDictionary(): NameDictionary {
  if (shared.isFull) shared = new NameDictionary()
  return shared
}
