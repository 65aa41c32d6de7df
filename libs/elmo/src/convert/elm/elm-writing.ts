import { simpleTypes } from '../../grammar/simple-types.js'
import type { Identifier, LangString } from '../../model.js'
import { countryAuthority, countryCodeOf, countryUriOf } from '../country.js'
import { LossReport, pointer } from '../loss-report.js'
import { conceptOf, NodeFactory, type ElmNode } from './elm-node.js'
import { authorityLanguageOf } from './language-codes.js'
import { languageConcept, ownScheme, schemes } from './elm-vocabulary.js'

/** The language of a text that does not say it. */
export const undetermined = 'und'

/** What every part of one credential needs to be written: names for nodes, and the report. */
export class ElmWriting {
  constructor(
    readonly report: LossReport,
    readonly factory = new NodeFactory(),
  ) {}

  /** For what comes from the caller and not from the document: its faults are no losses. */
  aside(): ElmWriting {
    return new ElmWriting(new LossReport(), this.factory)
  }

  node(type: string, properties: ElmNode): ElmNode {
    return this.factory.node(type, properties)
  }

  /** Says of each property given that it has no counterpart. */
  drop(from: string, properties: ElmNode): void {
    for (const [property, value] of Object.entries(properties)) {
      if (value !== undefined) this.report.add('NO_COUNTERPART', pointer(from, property))
    }
  }

  /** A language map: one text for each language. */
  texts(list: readonly LangString[] | undefined, from: string): ElmNode | undefined {
    const taken = new Set<string>()
    const entries: [string, string][] = []
    list?.forEach(({ lang = undetermined, value }, index) => {
      const own = pointer(from, index)
      if (taken.has(lang.toLowerCase())) return this.report.add('LANGUAGE_TAKEN', own)
      taken.add(lang.toLowerCase())
      entries.push([lang, value])
      if (list[index]?.lang === undetermined) this.report.add('VALUE_REWRITTEN', pointer(own, 'lang'))
    })
    return entries.length === 0 ? undefined : Object.fromEntries(entries)
  }

  /** A date as the dateTime that ELM wants: its midnight, in the time zone that it was written in, if any. */
  dateTime(date: string | undefined, from: string): string | undefined {
    if (date === undefined) return undefined
    const [, day, zone] = /^\s*(-?\d{4,}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)?\s*$/.exec(date) ?? []
    if (day === undefined || !simpleTypes.date.isValid?.(date.trim()))
      return void this.report.add('VALUE_NOT_VALID', from)
    return `${day}T00:00:00${zone ?? ''}`
  }

  /** A text of a simple type; documents that were read leniently hold others, which mean nothing elsewhere. */
  valid(text: string | undefined, type: 'dateTime' | 'decimal' | 'duration', from: string): string | undefined {
    if (text === undefined || simpleTypes[type].isValid?.(text)) return text
    return void this.report.add('VALUE_NOT_VALID', from)
  }

  identifiers(list: readonly Identifier[] | undefined): ElmNode[] {
    return (list ?? []).map(({ type, value }) => this.node('Identifier', { schemeName: type, notation: value }))
  }

  /** A country as a concept of the EU's table; undefined for an unknown one. */
  country(text: string | undefined, from: string): ElmNode | undefined {
    if (text === undefined) return undefined
    const code = countryCodeOf(text)
    const uri = code === undefined ? undefined : countryUriOf(code)
    if (uri === undefined) return void this.report.add('COUNTRY_NOT_EXPRESSIBLE', from)
    if (code !== text) this.report.add('COUNTRY_REWRITTEN', from)
    return conceptOf(uri, countryAuthority)
  }

  /** A language of ISO 639-1 as a concept of the EU's table. */
  language(text: string | undefined, from: string): ElmNode | undefined {
    if (text === undefined) return undefined
    const base = text
      .trim()
      .toLowerCase()
      .replace(/[-_].*$/, '')
    const code = authorityLanguageOf.get(base)
    if (code === undefined) return void this.report.add('LANGUAGE_UNKNOWN', from)
    if (base !== text) this.report.add('VALUE_REWRITTEN', from)
    return conceptOf(languageConcept(code), schemes.language)
  }

  /** A concept of our own for a word of ELMO's. */
  ownConcept(scheme: string, word: string | undefined, more: ElmNode & { readonly of?: string } = {}): ElmNode {
    const { of, ...properties } = more
    return this.node('Concept', {
      inScheme: { id: ownScheme(scheme, of), type: 'ConceptScheme' },
      notation: word,
      prefLabel: word === undefined ? undefined : { [undetermined]: word },
      ...properties,
    })
  }

  webResource(url: string | undefined): ElmNode | undefined {
    return url === undefined ? undefined : this.node('WebResource', { contentURL: url })
  }

  note(texts: ElmNode | undefined, format?: ElmNode): ElmNode | undefined {
    return texts === undefined ? undefined : this.node('Note', { noteLiteral: texts, noteFormat: format })
  }
}

/** A list of what there is. */
export const listOf = (...nodes: (ElmNode | undefined)[]): ElmNode[] => nodes.filter((node) => node !== undefined)
