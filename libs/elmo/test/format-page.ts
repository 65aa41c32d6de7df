import { allReleases, releaseSet, releaseWords, type ReleaseRange } from '../src/grammar/releases.js'
import type { Occurs } from '../src/grammar/row.js'
import { rootRow, shapeOf, type Shape, type ShapeRow } from '../src/grammar/shape.js'
import { simpleTypes, type SimpleType } from '../src/grammar/simple-types.js'
import { table } from '../src/grammar/table.js'

const occurs: Record<Occurs, string> = { '1': '1', '?': '0..1', '+': '1..n', '*': '0..n', '0..4': '0..4' }

const inWords = (range: ReleaseRange): string => releaseWords(releaseSet(range))
const cell = (text: string): string => text.replaceAll('|', '\\|')
const anchor = (type: string): string => `[${type}](#${type.toLowerCase()})`

const rawWords = {
  rawChildren: 'elements of other namespaces',
  rawContent: 'any content',
  rawElement: 'XML Signature',
} as const

/** Types of text that XML Schema does not know by this name. */
const ours = new Set(['sectionNumber', 'gender', 'country', 'addressCountry'])
const isOurs = (type: string): boolean =>
  ours.has(type) || (simpleTypes as Record<string, SimpleType>)[type]?.values !== undefined

function typeWords({ type, rawKind, isComplex }: ShapeRow): string {
  if (rawKind !== undefined) return rawWords[rawKind]
  return isComplex || isOurs(type) ? anchor(type) : type
}

/** How often a row stands in the releases that have it; where some count otherwise, the widest of all. */
function occursWords({ occurs: widest, occursIn = {}, releases }: ShapeRow): string {
  const inAll = Object.entries(occursIn).find(([range]) => (releases & ~releaseSet(range)) === 0)
  return occurs[inAll?.[1] ?? widest]
}

function nameWords({ at, name, namespace }: ShapeRow): string {
  if (at === 'text') return 'text'
  const full = namespace === undefined ? name : `${{ address: 'a', ds: 'ds', xml: 'xml' }[namespace]}:${name}`
  return at === 'attribute' ? `\`@${full}\`` : `\`${full}\``
}

function notes({ alternative, doc, occursIn, predefined, releases }: ShapeRow): string {
  const others = Object.entries(occursIn ?? {})
    .filter(([range]) => (releases & ~releaseSet(range)) !== 0)
    .map(([range, often]) => `${occurs[often]} in ${inWords(range)}.`)
  const choice = alternative && `Of the ${alternative}; lines and parts exclude one another.`
  const named = predefined && `The format names: ${predefined.map((value) => `\`${value}\``).join(', ')}.`
  return [doc, ...others, choice, named].filter((words) => words !== undefined).join(' ')
}

function line(row: ShapeRow): string {
  const since = row.releases === allReleases ? 'all' : releaseWords(row.releases)
  return `| ${[nameWords(row), occursWords(row), typeWords(row), since, notes(row)].map(cell).join(' | ')} |`
}

function complexSection(type: string, shape: Shape): string {
  const rows = [...shape.attributes, ...(shape.text === undefined ? [] : [shape.text]), ...shape.elements]
  const { doc, anyIn } = table[type] ?? {}
  const any = anyIn && `In ${inWords(anyIn)} it may hold elements, text and attributes of any kind.`
  return [
    `### ${type}`,
    ...[doc, any].filter((words) => words !== undefined),
    ['| Name | Occurs | Type | Releases | Note |', '| --- | --- | --- | --- | --- |', ...rows.map(line)].join('\n'),
  ].join('\n\n')
}

function simpleSection(type: string): string {
  const { checkedIn, values, valuesIn, words } = (simpleTypes as Record<string, SimpleType>)[type] as SimpleType
  const list = values?.map((value) => {
    const range = valuesIn?.[value]
    return range === undefined ? `- \`${value}\`` : `- \`${value}\` (${inWords(range)})`
  })
  const checked = checkedIn === undefined ? '' : ` Checked in ${inWords(checkedIn)}; other releases take any text.`
  return [`### ${type}`, list?.join('\n') ?? `Must be ${words}.${checked}`].join('\n\n')
}

/** Every type that a document can hold, outer ones first. */
function reachable(): { readonly complex: ReadonlyMap<string, Shape>; readonly simple: ReadonlySet<string> } {
  const complex = new Map<string, Shape>([[rootRow.type, shapeOf(rootRow.type)]])
  const simple = new Set<string>()
  for (const shape of complex.values()) {
    for (const row of [...shape.attributes, ...(shape.text ? [shape.text] : []), ...shape.elements]) {
      if (row.isComplex) complex.set(row.type, row.shape)
      else if (isOurs(row.type)) simple.add(row.type)
    }
  }
  return { complex, simple }
}

/** The source of `docs/elmo-format.md` as the table gives it; unformatted. */
export function formatPage(): string {
  const { complex, simple } = reachable()
  return [
    '<!-- Written from the table in libs/elmo/src/grammar/table.ts; a test compares them. Change the table, not this page. -->',
    '# The ELMO format',
    `What each element of an ELMO document holds, in ${inWords('-')}. Child elements stand in the order of their table. ` +
      'Names of types of text without a link are those of XML Schema. `elmoXsdFiles` of `@emrex-gateway/elmo` gives the ' +
      'same as a schema; `validateElmo` and `validateElmoXml` judge by it.',
    `The root element is \`elmo\`, of type ${anchor(rootRow.type)}. The namespace of its elements is ` +
      '`https://github.com/emrex-eu/elmo-schemas/tree/v1`, in 2.1.1 `https://github.com/emrex-eu/elmo-schemas/tree/v2`; ' +
      '`a:` stands for `https://github.com/erasmus-without-paper/ewp-specs-types-address/tree/stable-v1`, `ds:` for ' +
      '`http://www.w3.org/2000/09/xmldsig#`. Attributes are in no namespace, but for `xml:lang`.',
    '## Elements',
    ...[...complex].map(([type, shape]) => complexSection(type, shape)),
    '## Types of text',
    ...[...simple].map(simpleSection),
  ].join('\n\n')
}
