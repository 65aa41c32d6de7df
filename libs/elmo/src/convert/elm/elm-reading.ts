import type { Identifier, LangString } from '../../model.js'
import { alpha2Of } from '../country-alpha3.js'
import { simpleTypes } from '../../grammar/simple-types.js'
import { hasForbiddenCharacter } from '../../xml/escape-xml.js'
import { LossReport, pointer } from '../loss-report.js'
import { isoLanguageOf } from './language-codes.js'
import { lastPart, ownSchemeParts } from './elm-vocabulary.js'
import { undetermined } from './elm-writing.js'

type Fields = Readonly<Record<string, unknown>>

/** An object of a credential with its JSON Pointer. */
export interface ElmAt {
  readonly node: Fields
  readonly path: string
}

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Says nothing by itself: names of nodes and their types; of a concept also what it is called and belongs to. */
const formalities = new Set(['@context', '@id', '@type', 'id', 'type'])
const conceptFormalities = new Set([...formalities, 'inScheme', 'prefLabel', 'notation'])

/** The address of an object; empty where it has none. */
export function addressOf({ node }: ElmAt): string {
  const id = node['id'] ?? node['@id']
  return typeof id === 'string' ? id : ''
}

/** It says nothing but its address and type: it is written out elsewhere, or nowhere. */
export const isOnlyNamed = ({ node }: ElmAt): boolean => Object.keys(node).every((key) => formalities.has(key))

/**
 * Reads a credential and remembers what it read, so that the rest can be named. Everything may be one value or a list of
 * them; a type may have a prefix or be an address.
 */
export class ElmReading {
  readonly #read = new WeakMap<object, Set<string>>()
  /** Objects that are read with everything in them. */
  readonly #whole = new WeakSet()
  readonly #organisations = new Map<string, ElmAt>()
  readonly #institutionKeys = new WeakMap<object, string>()
  /** Texts that were taken for the addresses of objects, by these, until somebody asks for the address. */
  readonly #addresses = new Map<object, string>()

  constructor(readonly report: LossReport) {}

  /** Reads without a trace. */
  aside(): ElmReading {
    return new ElmReading(new LossReport())
  }

  #take({ node }: ElmAt, key: string): unknown {
    if (!Object.hasOwn(node, key)) return undefined
    const read = this.#read.get(node) ?? new Set()
    this.#read.set(node, read.add(key))
    return node[key]
  }

  #values(at: ElmAt, key: string): { value: unknown; path: string }[] {
    const value = this.#take(at, key)
    const path = pointer(at.path, key)
    if (Array.isArray(value)) {
      return (value as unknown[]).map((each, index) => ({ value: each, path: pointer(path, index) }))
    }
    return value === undefined || value === null ? [] : [{ value, path }]
  }

  /** The objects of a property; an address alone stands for the object that it names. */
  many(at: ElmAt, key: string): ElmAt[] {
    return this.#values(at, key).flatMap(({ value, path }) => {
      if (isRecord(value)) return [{ node: value, path }]
      if (typeof value === 'string') {
        const node = { id: value }
        this.#addresses.set(node, path)
        return [{ node, path }]
      }
      this.report.add('ELM_NOT_READ', path)
      return []
    })
  }

  /** The first object of a property that has but one; further ones are named. */
  one(at: ElmAt, key: string): ElmAt | undefined {
    const [first, ...more] = this.many(at, key)
    for (const { path } of more) this.report.add('ELM_NOT_READ', path)
    return first
  }

  /** A plain value as text. */
  text(at: ElmAt, key: string): string | undefined {
    const [first, ...more] = this.#values(at, key)
    for (const { path } of more) this.report.add('ELM_NOT_READ', path)
    if (first === undefined) return undefined
    let { value } = first
    if (isRecord(value)) {
      this.#whole.add(value)
      value = value['@value']
    }
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    return typeof value === 'string' ? this.#clean(value, first.path) : void this.report.add('ELM_NOT_READ', first.path)
  }

  /** Texts by language; a text alone has none. */
  texts(at: ElmAt, key: string): LangString[] {
    return this.#texts(at, key).map(({ text }) => text)
  }

  /** The first text of a property, in whatever language; further ones are named. */
  first(at: ElmAt, key: string): LangString | undefined {
    const [first, ...more] = this.#texts(at, key)
    for (const path of new Set(more.map((each) => each.path))) this.report.add('ELM_NOT_READ', path)
    return first?.text
  }

  #texts(at: ElmAt, key: string): { text: LangString; path: string }[] {
    return this.#values(at, key).flatMap(({ value, path }) => {
      if (typeof value === 'string') return [{ text: { value: this.#clean(value, path) }, path }]
      if (!isRecord(value)) return this.#unread(path)
      this.#whole.add(value)
      const { '@value': single, '@language': language } = value
      const entries = single === undefined ? Object.entries(value) : [[language ?? undetermined, single] as const]
      return entries.flatMap(([lang, text]) => {
        const own = single === undefined ? pointer(path, lang as string) : path
        return (Array.isArray(text) ? (text as unknown[]) : [text]).flatMap((each) =>
          typeof each === 'string' ? [{ text: this.#languageText(lang, each, own), path: own }] : this.#unread(own),
        )
      })
    })
  }

  #languageText(lang: unknown, text: string, path: string): LangString {
    const value = this.#clean(text, path)
    if (lang === undetermined) return { value }
    if (typeof lang === 'string' && simpleTypes.language.isValid?.(lang) === true) return { lang, value }
    this.report.add('LANGUAGE_UNKNOWN', path)
    return { value }
  }

  /** Without characters that XML cannot carry. */
  #clean(text: string, path: string): string {
    if (!hasForbiddenCharacter(text)) return text
    this.report.add('VALUE_REWRITTEN', path)
    // Half a surrogate pair becomes U+FFFD on its way through bytes.
    return Buffer.from(text)
      .toString()
      .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '\uFFFD')
  }

  #unread(path: string): [] {
    this.report.add('ELM_NOT_READ', path)
    return []
  }

  /** One text of a property, whatever its language; further ones are named. */
  plain(at: ElmAt, key: string): string | undefined {
    return this.first(at, key)?.value
  }

  /** A text of a simple type of ELMO. */
  valid(at: ElmAt, key: string, type: 'dateTime' | 'decimal' | 'duration'): string | undefined {
    const text = this.text(at, key)
    if (text === undefined || simpleTypes[type].isValid?.(text)) return text
    return void this.report.add('VALUE_NOT_VALID', pointer(at.path, key))
  }

  /** A dateTime as the date that it was written with. */
  date(at: ElmAt, key: string): string | undefined {
    const text = this.text(at, key)
    if (text === undefined) return undefined
    const [, day, time, zone = ''] =
      /^(-?\d{4,}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?$/.exec(text.trim()) ?? []
    if (day === undefined) return void this.report.add('VALUE_NOT_VALID', pointer(at.path, key))
    const isMidnight = time === undefined || /^00:00:00(\.0+)?$/.test(time)
    const date = isMidnight ? day + zone : day
    if (!simpleTypes.date.isValid?.(date)) return void this.report.add('VALUE_NOT_VALID', pointer(at.path, key))
    if (!isMidnight) this.report.add('TIME_OF_DAY_DROPPED', pointer(at.path, key))
    return date
  }

  /** The first date that is stated, of several that may stand for one; those that say another one are named. */
  firstDate(...places: readonly (readonly [ElmAt | undefined, string])[]): string | undefined {
    let first: string | undefined
    for (const [at, key] of places) {
      const date = at && this.date(at, key)
      if (at === undefined || date === undefined) continue
      first ??= date
      if (date !== first) this.report.add('ELM_NOT_READ', pointer(at.path, key))
    }
    return first
  }

  /** The address of an object, which then counts as read. */
  id(at: ElmAt): string {
    this.#addresses.delete(at.node)
    return addressOf(at)
  }

  /** Whether an object says that it is of a type. */
  is({ node }: ElmAt, ...types: string[]): boolean {
    const own = node['type'] ?? node['@type']
    const all = Array.isArray(own) ? (own as unknown[]) : [own]
    return all.some((each) => typeof each === 'string' && types.includes(each.replace(/^.*[:/#]/, '')))
  }

  /** The scheme that a concept says it belongs to. */
  scheme(at: ElmAt): string {
    const value = at.node['inScheme']
    if (typeof value === 'string') return value
    return isRecord(value) ? this.id({ node: value, path: '' }) : ''
  }

  /** The name and division of a concept scheme of our own. */
  ownScheme(at: ElmAt): { name: string; of?: string } | undefined {
    return ownSchemeParts(this.scheme(at))
  }

  /** What a concept is called: its notation, else its label in any language, else the end of its address. */
  word(at: ElmAt): string | undefined {
    const notation = this.text(at, 'notation')
    if (notation !== undefined) return notation
    const label = this.texts(at, 'prefLabel')[0]?.value
    return label ?? (this.scheme(at) === '' && this.id(at) !== '' ? lastPart(this.id(at)) : undefined)
  }

  identifiers(at: ElmAt, key: string): Identifier[] {
    return this.many(at, key).flatMap((each) => {
      const value = this.text(each, 'notation')
      if (value === undefined) {
        this.report.add('ELM_NOT_READ', each.path)
        return []
      }
      return [{ type: this.text(each, 'schemeName') ?? '', value }]
    })
  }

  /** A country of the EU's table as two letters. */
  country(at: ElmAt | undefined): string | undefined {
    if (at === undefined) return undefined
    const code = alpha2Of.get(lastPart(this.id(at)))
    if (code === undefined) this.report.add('COUNTRY_NOT_EXPRESSIBLE', at.path)
    return code
  }

  /** A language of the EU's table as ISO 639-1. */
  language(at: ElmAt | undefined): string | undefined {
    if (at === undefined) return undefined
    const code = isoLanguageOf.get(lastPart(this.id(at)))
    if (code === undefined) this.report.add('LANGUAGE_UNKNOWN', at.path)
    return code
  }

  /** Counts a property as read that says only what its object already said. */
  skip(at: ElmAt, ...keys: string[]): void {
    for (const key of keys) this.#take(at, key)
  }

  /** Counts an object as read with everything in it. */
  skipAll({ node }: ElmAt): void {
    this.#whole.add(node)
    this.#addresses.delete(node)
  }

  /** Institutions may be written once and only named elsewhere. */
  rememberOrganisations(credential: ElmAt): void {
    const open: { value: unknown; path: string }[] = [{ value: credential.node, path: credential.path }]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { value, path } = next
      if (typeof value !== 'object' || value === null) continue
      const at = { node: value as Fields, path }
      if (isRecord(value) && this.is(at, 'Organisation') && !isOnlyNamed(at)) {
        const id = this.id(at)
        if (id !== '' && !this.#organisations.has(id)) this.#organisations.set(id, at)
      }
      for (const [key, each] of Object.entries(value)) open.push({ value: each as unknown, path: pointer(path, key) })
    }
  }

  /** The institution that an object stands for. */
  resolve(at: ElmAt): ElmAt {
    const written = isOnlyNamed(at) ? this.#organisations.get(addressOf(at)) : undefined
    if (written !== undefined) this.#addresses.delete(at.node)
    return written ?? at
  }

  /** What institutions are compared by: what they say; where they say nothing, their address. Each is written out once. */
  institutionKey(at: ElmAt | undefined): string {
    if (at === undefined) return ''
    if (isOnlyNamed(at)) return addressOf(at)
    const known = this.#institutionKeys.get(at.node)
    const key = known ?? JSON.stringify(at.node, (name, value: unknown) => (name === 'id' ? undefined : value))
    this.#institutionKeys.set(at.node, key)
    return key
  }

  /** Names everything below a value that nothing has read, and addresses that led nowhere. */
  nameUnread(value: unknown, path: string): void {
    const open = [{ value, path }]
    const found = this.#deadAddresses()
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const { value: node, path: own } = next
      if (Array.isArray(node)) {
        for (let index = node.length - 1; index >= 0; index--) {
          open.push({ value: node[index] as unknown, path: pointer(own, index) })
        }
      } else if (isRecord(node) && !this.#whole.has(node)) {
        const read = this.#read.get(node)
        const formal = this.is({ node, path: own }, 'Concept') ? conceptFormalities : formalities
        for (const key of Object.keys(node).reverse()) {
          if (read?.has(key)) open.push({ value: node[key], path: pointer(own, key) })
          else if (!formal.has(key)) found.push(pointer(own, key))
        }
      }
    }
    for (const each of found) this.report.add('ELM_NOT_READ', each)
  }

  /** Where addresses stand that nobody asked for, but for those that are named already. */
  #deadAddresses(): string[] {
    if (this.#addresses.size === 0) return []
    const told = new Set(this.report.losses.map(({ path }) => path))
    const found = [...this.#addresses.values()].filter((path) => !told.has(path))
    this.#addresses.clear()
    return found
  }
}
