import { parseXml, type XmlElement } from '../../src/xml/parse-xml.js'

/** A tree that may be changed and written; `#` as a name marks a comment. */
export interface Tree {
  name: string
  attributes: [string, string][]
  children: (Tree | string)[]
}

export function treeOf(xml: Uint8Array): Tree {
  const from = (element: XmlElement): Tree => ({
    name: element.name,
    attributes: [
      ...[...element.declarations].map(([prefix, uri]): [string, string] => [
        prefix ? `xmlns:${prefix}` : 'xmlns',
        uri,
      ]),
      ...element.attributes.map(({ name, value }): [string, string] => [name, value]),
    ],
    children: element.children.map((child) => (typeof child === 'string' ? child : from(child))),
  })
  return from(parseXml(xml).root)
}

const escape = (text: string): string => text.replace(/[&<>"\r]/g, (character) => `&#${character.charCodeAt(0)};`)

export function write(tree: Tree | string): string {
  if (typeof tree === 'string') return escape(tree)
  if (tree.name === '#') return '<!-- comment -->'
  const attributes = tree.attributes.map(([name, value]) => ` ${name}="${escape(value).replace(/[\t\n]/g, ' ')}"`)
  const start = `<${tree.name}${attributes.join('')}`
  return tree.children.length === 0 ? `${start}/>` : `${start}>${tree.children.map(write).join('')}</${tree.name}>`
}

/** Random numbers that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below) | 0
  }
}

type Pick = (below: number) => number
interface Spot {
  readonly parent: Tree
  readonly child: Tree
  readonly depth: number
}

function spotsOf(tree: Tree, depth = 1): Spot[] {
  return tree.children.flatMap((child) =>
    typeof child === 'string' ? [] : [{ parent: tree, child, depth }, ...spotsOf(child, depth + 1)],
  )
}

/** Values at the edges of the types; those on which xmllint is known to be wrong are left out. */
const values = [
  ...[
    '',
    ' ',
    'x',
    ' two  words\n',
    '0',
    '1',
    '-1',
    '+1',
    '01',
    '-0',
    '007',
    '3.5',
    '5.',
    '.5',
    '.',
    '1e3',
    '1,5',
    'NaN',
    '9',
  ],
  ...[
    '2024-02-29',
    '2023-02-29',
    '2024-13-01',
    '2024-00-10',
    '0000-01-01',
    '-0044-03-15',
    '12024-01-01',
    '02024-01-01',
  ],
  ...['2024-01-01Z', '2024-01-01+14:00', '2024-01-01+14:01', '2024-01-01+0200', '2024-1-1', '20240101'],
  ...['2024-01-01T10:00:00', '2024-01-01T24:00:00', '2024-01-01T24:00:01', '2024-01-01T23:59:60Z', '2024-01-01T10:00'],
  ...['2024-01-01T10:00:00.', '2024-01-01T10:00:00.123-05:30', '2024-01-01t10:00:00z', '2024-01-01T10:00:00-00:00'],
  ...['P3Y', 'P', 'P1Y2M', 'PT', 'PT1.5S', '-P1D', 'P1M1Y', 'PT5H', 'P1.5Y', 'P1YT'],
  ...['en', 'EN', 'en_US', 'en-US-x-a', 'i-klingon', 'abcdefghi', '-en', 'NO', 'no', 'XK', 'GB', 'UK', 'NOR', ' NO'],
  ...['Diploma', 'diploma', 'EMREX transcript', 'EMREX Transcript', 'Other', 'Micro Credential', 'Learning Agreement'],
  ...['Certificate of Enrolment', ' Degree\n Programme ', 'Degree programme', 'Course', 'Class', 'Thesis'],
  ...[
    'passed',
    'Passed',
    'in-progress',
    'Bachelor',
    'PhD',
    'phd',
    'ects',
    'ECTS',
    'EQF',
    'Positive',
    'Partially  Positive',
  ],
  ...[
    'FULL',
    'Full',
    'Enrolment',
    ' Enrolment',
    'VGVzdA==',
    'VGVzdA=',
    'VGVzdB==',
    'VGVz dA==',
    '1.1',
    '1.a',
    '.',
    'ISO',
  ],
]

const elementNames = [
  ...[
    'unknown',
    'title',
    'identifier',
    'type',
    'description',
    'content',
    'extension',
    'level',
    'value',
    'start',
    'country',
  ],
  ...['bday', 'dateOfBirth', 'alternativeName', 'gender', 'groups', 'grouping', 'attachment', 'attachments', 'status'],
  ...[
    'issueDate',
    'gradingScheme',
    'hasPart',
    'resultOfRecognition',
    'enrolment',
    'duration',
    'diplomaSupplement',
    'ref',
  ],
]
const attributeNames = [
  ...[
    'xml:lang',
    'xml:space',
    'xml:base',
    'xml:id',
    'type',
    'id',
    'unknown',
    'localId',
    'number',
    'Id',
    'Algorithm',
    'URI',
  ],
  ...['typeref', 'label', 'count', 'xsi:nil', 'xsi:type', 'xsi:schemaLocation', 'xsi:other', 'q:foreign'],
]
const namespaceUris = [
  ...['', 'urn:x', 'http://www.w3.org/2000/09/xmldsig#'],
  'https://github.com/emrex-eu/elmo-schemas/tree/v1',
  'https://github.com/emrex-eu/elmo-schemas/tree/v2',
  'https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1',
]
const xsiValues = [
  'true',
  'false',
  'Attachment',
  'xs:token',
  'xs:string',
  'xs:date',
  'LearningOpportunitySpecification',
  'Nothing',
]

const isLeaf = ({ children }: Tree): boolean => children.every((child) => typeof child === 'string')
const copy = (tree: Tree): Tree => structuredClone(tree)

/** What may be done to one place of a document. */
const changes: ((spot: Spot, pick: Pick, spots: readonly Spot[]) => void)[] = [
  ({ parent, child }) => parent.children.splice(parent.children.indexOf(child), 1),
  ({ parent, child }) => parent.children.splice(parent.children.indexOf(child), 0, copy(child)),
  ({ parent, child }, pick) => {
    parent.children.splice(parent.children.indexOf(child), 1)
    parent.children.splice(pick(parent.children.length + 1), 0, child)
  },
  ({ child }, pick) => (child.name = elementNames[pick(elementNames.length)] as string),
  ({ child }, pick, spots) => {
    child.children.splice(pick(child.children.length + 1), 0, copy((spots[pick(spots.length)] as Spot).child))
  },
  ({ parent }, pick) => {
    const name = elementNames[pick(elementNames.length)] as string
    const children = pick(2) ? [values[pick(values.length)] as string] : []
    parent.children.splice(pick(parent.children.length + 1), 0, { name, attributes: [], children })
  },
  ({ child }, pick) => {
    const index = pick(child.attributes.length)
    if (child.attributes[index]?.[0].startsWith('xmlns:') === false) child.attributes.splice(index, 1)
  },
  ({ child }, pick) => {
    const name = attributeNames[pick(attributeNames.length)] as string
    if (child.attributes.some(([known]) => known === name)) return
    const among = name.startsWith('xsi:') ? xsiValues : values
    child.attributes.push([name, among[pick(among.length)] as string])
  },
  ({ child }, pick) => {
    const attribute = child.attributes[pick(child.attributes.length)]
    if (attribute !== undefined && !attribute[0].startsWith('xmlns'))
      attribute[1] = values[pick(values.length)] as string
  },
  ({ child }, pick) =>
    child.children.splice(pick(child.children.length + 1), 0, ['text', ' ', '\n\t'][pick(3)] as string),
  ({ child }, pick) =>
    child.children.splice(pick(child.children.length + 1), 0, { name: '#', attributes: [], children: [] }),
  ({ child }) => (child.children = []),
  ({ child }, pick) => {
    if (child.name.includes(':') || child.attributes.some(([name]) => name === 'xmlns')) return
    child.attributes.push(['xmlns', namespaceUris[pick(namespaceUris.length)] as string])
  },
]

/** xmllint passes over what is no base64 in base64; XML Schema does not. */
const base64Values = values.filter((value) => /^[\w+/= ]*$/.test(value) && !value.includes('_'))
const isBase64 = ({ name }: Tree): boolean => /^(DigestValue|SignatureValue|X509Certificate)$/.test(name)

const toValue = ({ child }: Spot, pick: Pick): void => {
  const among = isBase64(child) ? base64Values : values
  if (isLeaf(child)) child.children = [among[pick(among.length)] as string]
}

/** A document with one or two things changed, the same for the same seed. */
export function mutation(base: Tree, seed: number): string {
  const pick = randomFrom(seed)
  const tree = copy(base)
  for (let left = 1 + (pick(4) === 0 ? 1 : 0); left > 0; left--) {
    const spots = spotsOf(tree)
    const spot = spots[pick(spots.length)]
    if (spot === undefined) break
    if (pick(3) === 0) {
      const leaves = spots.filter(({ child }) => isLeaf(child) && child.name !== '#')
      toValue(leaves[pick(leaves.length)] ?? spot, pick)
    } else changes[pick(changes.length)]?.(spot, pick, spots)
  }
  if (pick(40) === 0) {
    const xmlns = tree.attributes.find(([name]) => name === 'xmlns')
    if (xmlns !== undefined) xmlns[1] = namespaceUris[pick(namespaceUris.length)] as string
  }
  tree.attributes.push(
    ['xmlns:q', 'urn:q'],
    ['xmlns:xs', 'http://www.w3.org/2001/XMLSchema'],
    ['xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance'],
  )
  return write(tree)
}
