import { gzipSync } from 'node:zlib'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'

/** A document that was sound, with where its elements and texts stand. */
export interface SoundDocument {
  readonly xml: Buffer
  readonly elements: readonly XmlElement[]
}

export function soundDocument(xml: Buffer): SoundDocument {
  const elements: XmlElement[] = [parseXml(xml).root]
  // The list grows while it is walked.
  for (const { children } of elements) for (const child of children) if (typeof child !== 'string') elements.push(child)
  return { xml, elements }
}

/** Numbers that look random and are the same for the same seed. */
class Dice {
  constructor(private state: number) {}

  /** From 0 up to and without `end`. */
  below(end: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end)
  }

  one<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!
  }
}

type Damage = (document: SoundDocument, dice: Dice) => Uint8Array

const splice = (xml: Buffer, from: number, to: number, put: string | Uint8Array): Buffer =>
  Buffer.concat([xml.subarray(0, from), Buffer.from(put), xml.subarray(to)])

const inBytes: Damage[] = [
  ({ xml }, dice) => {
    const damaged = Buffer.from(xml)
    for (let i = dice.below(8); i >= 0; i--) damaged[dice.below(xml.length)]! ^= 1 << dice.below(8)
    return damaged
  },
  ({ xml }, dice) => xml.subarray(0, dice.below(xml.length)),
  ({ xml }, dice) => xml.subarray(dice.below(xml.length)),
  ({ xml }, dice) => {
    const [from, to] = [dice.below(xml.length), dice.below(xml.length)].sort((a, b) => a - b) as [number, number]
    return splice(xml, from, to, dice.one(['', xml.subarray(from, to), xml.subarray(0, 300), '\0']))
  },
  ({ xml }, dice) => Buffer.concat([xml, dice.one([xml, xml.subarray(0, 50), Buffer.from('\0'), Buffer.from('text')])]),
  (_document, dice) => Buffer.from(Array.from({ length: dice.below(2000) }, () => dice.below(256))),
]

const snippets = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    ']]>',
    '<!--',
    '-->',
    '--',
    '<![CDATA[',
    '<?x?>',
    '<!DOCTYPE x>',
    '<!',
    '</',
    '/>',
    '&#;',
  ],
  ...[
    '&x;',
    '&#x110000;',
    '&#0;',
    '&amp',
    '&lt;',
    'xmlns=""',
    ' xmlns:a=""',
    ' xmlns:xml="x"',
    ' xml:lang=""',
    '=',
    ':',
  ],
  ...[
    '\0',
    '\u0001',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '😀',
    '\r',
    '\t',
    '<a:b/>',
    '<x xmlns="&#9;"/>',
    '<:a/>',
    '<a:/>',
  ],
  ...[
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
    '<elmo/>',
    '<report/>',
    '<extension/>',
    ' xsi:nil="true"',
  ],
]

const inMarkup: Damage[] = [
  ({ xml }, dice) => {
    let damaged = xml
    for (let i = dice.below(3); i >= 0; i--) {
      const at = dice.below(damaged.length)
      damaged = splice(damaged, at, at + dice.below(3), dice.one(snippets))
    }
    return damaged
  },
  ({ xml }, dice) => {
    // Between two pieces of markup.
    const at = xml.indexOf(dice.one(['<', '>']), dice.below(xml.length))
    return splice(xml, Math.max(at, 0), Math.max(at, 0), dice.one(snippets))
  },
]

const encoded: Damage[] = [
  ({ xml }) => Buffer.from(xml.toString(), 'utf16le'),
  ({ xml }) => Buffer.from(`\ufeff${xml.toString()}`, 'utf16le'),
  ({ xml }) => Buffer.from(`\ufeff${xml.toString()}`, 'utf16le').swap16(),
  ({ xml }) => Buffer.from(`\ufeff${xml.toString()}`),
  ({ xml }) => Buffer.from(`\ufeff\ufeff${xml.toString()}`),
  ({ xml }) => Buffer.from(xml.toString('latin1')),
  ({ xml }, dice) =>
    splice(xml, xml.indexOf('>', 60) + 1, xml.indexOf('>', 60) + 1, Buffer.from([0xe5, 0xe4, dice.below(256)])),
  ({ xml }, dice) =>
    Buffer.from(
      xml
        .toString()
        .replace(
          /<\?xml[^>]*>/,
          `<?xml version="${dice.one(['1.0', '1.1', '2.0', ''])}" encoding="${dice.one(['utf8', 'UTF-16', 'latin1', 'UTF-7', ''])}"?>`,
        ),
    ),
  ({ xml }, dice) => {
    const at = dice.below(xml.length)
    return splice(
      xml,
      at,
      at,
      Buffer.from(dice.one([[0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80], [0xfe], [0xe2, 0x82]])),
    )
  },
]

const lexical = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1e999',
    'NaN',
    'INF',
    '9'.repeat(400),
    '0.'.padEnd(400, '0'),
    '2024-02-30',
    '0000-00-00',
    '99999-01-01',
  ],
  ...[
    '2024-01-01T25:00:00Z',
    '-',
    '+',
    '.',
    'true',
    'null',
    '[object Object]',
    '__proto__',
    'constructor',
    'XX',
    'x'.repeat(70_000),
  ],
  ...[
    '&#13;&#10;',
    '\t\n\r ',
    '&lt;script&gt;',
    '../../etc/passwd',
    '%00',
    '😀'.repeat(100),
    '\u202e',
    '<![CDATA[]]>',
    '<x/>',
    'data:;base64,A',
  ],
]

const bySchema: Damage[] = [
  ({ xml, elements }, dice) => {
    const { start, end } = dice.one(elements)
    return splice(xml, start, end, '')
  },
  ({ xml, elements }, dice) => {
    const { start, end } = dice.one(elements)
    const times = dice.one([2, 2, 3, 50])
    return splice(xml, start, end, Buffer.concat(Array.from({ length: times }, () => xml.subarray(start, end))))
  },
  ({ xml, elements }, dice) => {
    const [a, b] = [dice.one(elements), dice.one(elements)].sort((x, y) => x.start - y.start) as [
      XmlElement,
      XmlElement,
    ]
    if (a.end > b.start) return splice(xml, a.start, a.end, xml.subarray(b.start, b.end))
    return Buffer.concat([
      ...[xml.subarray(0, a.start), xml.subarray(b.start, b.end), xml.subarray(a.end, b.start)],
      ...[xml.subarray(a.start, a.end), xml.subarray(b.end)],
    ])
  },
  ({ xml, elements }, dice) => {
    const { start, end, name } = dice.one(elements)
    const other = dice.one([dice.one(elements).name, 'unknown', name.toUpperCase(), `x:${name}`, `${name}s`])
    const own = xml.subarray(start, end).toString()
    const renamed = own.replace(/^<[^\s/>]+/, `<${other}`).replace(/<\/[^<]*>$/, `</${other}>`)
    return splice(xml, start, end, renamed)
  },
  ({ xml, elements }, dice) => {
    const texts = elements.filter(({ children }) => children.length === 1 && typeof children[0] === 'string')
    const { start, end, name } = dice.one(texts)
    const begin = xml.subarray(start, xml.indexOf('>', start) + 1)
    return splice(xml, start, end, Buffer.concat([begin, Buffer.from(dice.one(lexical)), Buffer.from(`</${name}>`)]))
  },
  ({ xml, elements }, dice) => {
    const { start, name } = dice.one(elements)
    const at = start + 1 + Buffer.byteLength(name)
    const attribute = dice.one([
      'type',
      'xml:lang',
      'x',
      'xsi:type',
      'xmlns:xsi',
      'xmlns',
      'id',
      'Algorithm',
      'xml:space',
    ])
    const value = dice.one(lexical).replace(/[<&"]/g, '')
    return splice(xml, at, at, ` ${attribute}="${value}"`)
  },
  ({ xml, elements }, dice) => {
    const { start } = dice.one(elements)
    const end = xml.indexOf('>', start)
    return splice(
      xml,
      start,
      end,
      xml
        .subarray(start, end)
        .toString()
        .replace(/ [\w:]+="[^"]*"/, ''),
    )
  },
]

const bombs: ((dice: Dice) => string)[] = [
  (dice) => '<x>'.repeat(dice.one([10, 60, 64, 65, 20_000])),
  (dice) => '<x>'.repeat(dice.one([60, 1_000])) + '</x>'.repeat(dice.one([60, 1_000])),
  (dice) => '<x/>'.repeat(dice.one([1_000, 20_000])),
  (dice) => `<x ${Array.from({ length: dice.one([100, 127, 129, 5_000]) }, (_, i) => `a${i}="${i}"`).join(' ')}/>`,
  (dice) => `<x ${Array.from({ length: dice.one([100, 1_000]) }, (_, i) => `xmlns:a${i}="urn:${i}"`).join(' ')}/>`,
  (dice) => '<!-- - -->'.repeat(dice.one([100, 10_000])),
  (dice) => '<![CDATA[<]]>'.repeat(dice.one([100, 10_000])),
  (dice) => '&#65;'.repeat(dice.one([1_000, 50_000])),
  (dice) => 'x<y/>'.repeat(dice.one([100, 20_000])),
  (dice) => `<${'n'.repeat(dice.one([1_000, 50_000]))}/>`,
  (dice) => `<x a="${'&amp;'.repeat(dice.one([1_000, 50_000]))}"/>`,
  (dice) => '\r'.repeat(dice.one([1_000, 50_000])),
  (dice) => '<'.repeat(dice.one([10, 10_000])),
  (dice) => '<report>'.repeat(dice.one([10, 60])) + '</report>'.repeat(dice.one([10, 60])),
  (dice) => Array.from({ length: dice.one([20, 60]) }, (_, i) => `<p${i}:x xmlns:p${i}="u">`).join(''),
  () => '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>&b;',
]

const exploded: Damage[] = [
  ({ xml, elements }, dice) => {
    const { start, end } = dice.one(elements)
    const at = dice.one([start, end, xml.indexOf('>', start) + 1])
    return splice(xml, at, at, dice.one(bombs)(dice))
  },
]

/** Kinds of damage, and how often each is dealt. */
const damages: readonly (readonly [number, readonly Damage[]])[] = [
  [30, inBytes],
  [20, inMarkup],
  [12, encoded],
  [35, bySchema],
  [3, exploded],
]
const dealt = damages.flatMap(([weight, kinds]) => Array.from({ length: weight }, () => kinds))

const packings: ((xml: Uint8Array, dice: Dice) => string | Uint8Array)[] = [
  (xml) => gzipSync(xml),
  (xml) => gzipSync(xml).toString('base64'),
  (xml) => Buffer.from(xml).toString('base64'),
  (xml) => gzipSync(xml).toString('base64url'),
  (xml) => encodeURIComponent(gzipSync(xml).toString('base64')),
  (xml, dice) =>
    gzipSync(xml)
      .toString('base64')
      .replace(/.{60}/g, dice.one(['$& ', '$&\r\n', '$&\0', '$&='])),
  (xml, dice) => {
    const packed = gzipSync(xml)
    packed[dice.below(packed.length)]! ^= 1 << dice.below(8)
    return packed
  },
  (xml, dice) => gzipSync(xml).subarray(0, dice.below(xml.length)),
  (xml, dice) => {
    const text = gzipSync(xml).toString('base64')
    return text.slice(dice.below(5)) + dice.one(['', '=', '====', '%', '%3D', '%zz', '<', '\ufeff'])
  },
  (_xml, dice) => gzipSync(Buffer.alloc(dice.one([100_000, 3_000_000]), '<')),
  (xml) => gzipSync(gzipSync(xml)),
]

/** The malformed document of a number, packed or not: always the same. */
export function malformedDocument(sound: readonly SoundDocument[], number: number): string | Uint8Array {
  const dice = new Dice(Math.imul(number + 1, 0x9e3779b1))
  const damaged = dice.one(dice.one(dealt))(dice.one(sound), dice)
  return dice.below(6) === 0 ? dice.one(packings)(damaged, dice) : damaged
}
