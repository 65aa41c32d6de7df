import { namespaces } from '../src/grammar/namespaces.js'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'

/** A document that somebody changed by hand, more or less well. */
export interface Mutant {
  /** What was done, for a test that fails. */
  readonly what: string
  readonly xml: string
}

/** Numbers from 0 to below 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Texts that are right for one type and wrong for others. None that xmllint is known to judge otherwise than the standard:
 * no white space around dates, no decimals of more than 24 digits.
 */
const texts = [
  ...[
    '',
    ' ',
    'x',
    'a b',
    ' passed ',
    'Degree\nProgramme',
    'passed',
    'failed',
    'Passed',
    'in-progress',
    'Course',
    'Class',
  ],
  ...['course', 'Module', 'Bachelor', 'PhD', '-', 'FULL', 'Positive', 'Partially Positive', 'Diploma', 'Enrolment'],
  ...['Certificate', 'Other', 'EMREX transcript', 'EMREX Transcript', 'Micro Credential', 'Certificate of Enrolment'],
  ...['0', '1', '9', '3', '-1', '+1', '01', '-0', '3.5', '3,5', '.5', '5.', '1e3', 'NaN', '100', '1.1', '..', '.'],
  ...['2024-02-29', '2023-02-29', '2024-02-30', '2020-01-01Z', '2020-01-01+14:00', '2020-01-01+14:01', '20-01-01'],
  ...['2026-03-02T09:30:00Z', '2026-03-02T24:00:00', '2026-03-02T24:00:01', '2026-03-02T09:30', '2026-03-02t09:30:00z'],
  ...['-0044-03-15T10:00:00', '0000-01-01', '12020-01-01', '02020-01-01', '2026-03-02T09:30:60Z', '2026-13-02'],
  ...['P3Y', 'P', '-P1M', 'P1Y2', 'PT', 'P1.5D', 'PT1.5S', 'SE', 'se', 'XX', 'TW', 'GB', 'UK', 'SWE', 'en', 'en_US'],
  ...['VGVzdA==', 'VGVzdA', 'VGV zdA==', '…', 'https://uni.example/', 'data:text/plain;base64,VGVzdA=='],
] as const

const attributes = [
  ...['type', 'localId', 'label', 'count', 'id', 'idref', 'typeref', 'sortingKey', 'number', 'xml:lang', 'xml:space'],
  ...['unknown', 'lang', 'Algorithm', 'Id', 'URI', 'xml:base'],
] as const

const strangers = [
  '<unknown/>',
  '<x:unknown xmlns:x="urn:x"/>',
  '<unknown xmlns=""/>',
  '<x:a xmlns:x="urn:x" b="1"><x:c/>text</x:a>',
  '<extension/>',
  '<extension><x:a xmlns:x="urn:x"/></extension>',
  '<extension><a xmlns=""/></extension>',
  '<extension xml:lang="en"/>',
  '<extension unknown="1"/>',
  '<extension>text</extension>',
  `<d:KeyName xmlns:d="${namespaces.ds}">k</d:KeyName>`,
  `<d:X509Data xmlns:d="${namespaces.ds}"/>`,
  `<d:SignatureValue xmlns:d="${namespaces.ds}">?</d:SignatureValue>`,
  '<level><type>EQF</type><value>6</value></level>',
  '<identifier type="local">1</identifier>',
  '<identifier>1</identifier>',
  '<description xml:lang="en">d</description>',
  '<attachment/>',
  '<groups/>',
  '<bday>2000-01-01</bday>',
  '<dateOfBirth>2000-01-01</dateOfBirth>',
  '<alternativeName/>',
  '<grouping/>',
  '<!-- comment -->',
  'text',
] as const

class Mutation {
  readonly #elements: readonly XmlElement[]

  constructor(
    private readonly source: Buffer,
    private readonly random: () => number,
  ) {
    this.#elements = elementsOf(source)
  }

  #pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.random() * list.length)] as T
  }

  #cut(start: number, end: number, put: string): string {
    return this.source.toString('utf8', 0, start) + put + this.source.toString('utf8', end)
  }

  #text({ start, end }: XmlElement): string {
    return this.source.toString('utf8', start, end)
  }

  make(): Mutant {
    const element = this.#pick(this.#elements)
    const { start, end, name } = element
    const self = this.#text(element)
    const [tag = ''] = /^<(?:[^>"]|"[^"]*")*>/.exec(self) ?? []
    const open = tag.replace(/\/>$/, '>')
    const elements = element.children.filter((child) => typeof child !== 'string')
    const ways: (() => string)[] = [
      () => this.#cut(start, end, ''),
      () => this.#cut(start, end, self + self),
      () => this.#cut(start, end, `${open}${escape(this.#pick(texts))}</${name}>`),
      () => this.#cut(start, end, `${open}${escape(this.#pick(texts))}</${name}>`),
      () => this.#cut(start, end, self.replaceAll(name, this.#pick(this.#elements).name)),
      () => this.#cut(start, end, this.#text(this.#pick(this.#elements))),
      () => this.#cut(start, start, this.#text(this.#pick(this.#elements))),
      () => this.#cut(start, start, this.#pick(strangers)),
      () => this.#cut(start, end, self === tag ? self : self.replace(/(<\/[^<>]*>)$/, `${this.#pick(strangers)}$1`)),
      () => {
        const attribute = this.#pick(attributes)
        if (tag.includes(` ${attribute}="`)) return this.#cut(start, end, self.replace(` ${attribute}="`, ' unknown="'))
        const value = escape(this.#pick(texts)).replaceAll('\n', ' ')
        return this.#cut(start, end, self.replace(/^<[\w:]+/, `$& ${attribute}="${value}"`))
      },
      () => this.#cut(start, end, self.replace(/ (?!xmlns)[\w:]+="[^"]*"/, '')),
      () =>
        this.#cut(
          start,
          end,
          self.replace(/( (?!xmlns)[\w:]+)="[^"]*"/, `$1="${escape(this.#pick(texts)).replaceAll('\n', ' ')}"`),
        ),
      () => {
        const index = Math.floor(this.random() * (elements.length - 1))
        const [first, second] = [elements[index], elements[index + 1]]
        if (first === undefined || second === undefined) return this.#cut(start, end, '')
        const between = this.source.toString('utf8', first.end, second.start)
        return this.#cut(first.start, second.end, this.#text(second) + between + this.#text(first))
      },
    ]
    const way = Math.floor(this.random() * ways.length)
    return { what: `${way} at ${name}`, xml: (ways[way] as () => string)() }
  }
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** Every element but the root. */
function elementsOf(source: Buffer): readonly XmlElement[] {
  const found: XmlElement[] = []
  const visit = (element: XmlElement): void => {
    for (const child of element.children) {
      if (typeof child === 'string') continue
      found.push(child)
      visit(child)
    }
  }
  visit(parseXml(source).root)
  return found
}

/**
 * Changed copies of a document, well-formed: an element left out, doubled, moved, renamed, filled with another text or
 * with something strange, an attribute more or less; now and then two such changes.
 */
export function mutants(source: Uint8Array, count: number, random: () => number): Mutant[] {
  const original = Buffer.from(source)
  return Array.from({ length: count }, () => {
    const first = new Mutation(original, random).make()
    if (random() < 0.8) return first
    const second = new Mutation(Buffer.from(first.xml), random).make()
    return { what: `${first.what}, ${second.what}`, xml: second.xml }
  })
}
