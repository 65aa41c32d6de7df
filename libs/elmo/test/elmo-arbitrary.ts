import fc from 'fast-check'
import { namespaces } from '../src/grammar/namespaces.js'
import { defaultRelease, releaseBit, releaseSet, type Release } from '../src/grammar/releases.js'
import { attributesPropertyOf, keepsAttributes, rootRow, type Shape, type ShapeRow } from '../src/grammar/shape.js'
import { simpleTypes, type SimpleType, type SimpleTypeName } from '../src/grammar/simple-types.js'
import type { Elmo, LearningOpportunitySpecification, RawAttribute, Report } from '../src/model.js'

const characters = fc.constantFrom(...'ab Zß<>&"\'é漢😀]', '\u00A0')
const text = fc.string({ unit: characters, maxLength: 12 })
const multiline = fc.string({ unit: fc.oneof(characters, fc.constantFrom('\n', '\r', '\t', ' ')), maxLength: 12 })
const date = fc.constantFrom('2024-02-29', '1999-12-31Z', '2020-01-01+14:00', '12020-01-01')

const values: Partial<Record<SimpleTypeName, fc.Arbitrary<string>>> = {
  // As a reader sees a token: collapsed.
  token: text.map((raw) => raw.replace(/ +/g, ' ').trim()),
  string: multiline,
  dateTime: fc.constantFrom('2026-03-02T09:30:00Z', '2014-07-01T24:00:00', '-0044-03-15T10:00:00.123-05:30'),
  date,
  duration: fc.constantFrom('P3Y', '-P1Y2M3DT4H5M6.7S', 'PT0S'),
  decimal: fc.constantFrom('0', '7.5', '-.5', '+5.', '00005'),
  nonNegativeInteger: fc.constantFrom('0', '+12', '-0', '007'),
  language: fc.constantFrom('en', 'zh-Hant-TW', 'i-klingon'),
  sectionNumber: fc.constantFrom('1', '4.1', '..'),
  gender: fc.constantFrom('0', '+1', '02', '9'),
  country: fc.constantFrom('SE', 'GB', 'GR', 'SZ'),
  addressCountry: fc.constantFrom('SE', 'XX'),
}

/** In canonical form, as it is written. */
const rawNode = fc.constantFrom(
  '<x:a xmlns:x="urn:x" x:b="1">t</x:a>',
  '<y xmlns="urn:y"><z xmlns=""></z>&lt;&#xD;</y>',
  '<x:a xmlns="" xmlns:x="urn:x"><plain></plain></x:a>',
)

/** Canonical, and right by the grammar of XML Signature. */
export const rawSignature =
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="urn:c">' +
  '</CanonicalizationMethod><SignatureMethod Algorithm="urn:s"></SignatureMethod><Reference>' +
  '<DigestMethod Algorithm="urn:d"></DigestMethod><DigestValue>VGVzdA==</DigestValue>' +
  '</Reference></SignedInfo><SignatureValue>VGVzdA==</SignatureValue></Signature>'

/** What an extension may hold: in 1.0.0 only what a schema is at hand for. */
const extensionNode = (release: Release): fc.Arbitrary<string> =>
  release === '1.0.0' ? fc.constant(`<d:KeyName xmlns:d="${namespaces.ds}">k</d:KeyName>`) : rawNode

const rawContent = fc
  .array(fc.oneof(rawNode, fc.constantFrom('text', ' &amp; &lt;tag&gt; ')), { maxLength: 3 })
  .map((all) => all.join(''))

const xmlLang: RawAttribute = { name: 'lang', namespace: namespaces.xml, value: 'en' }
/** In the order of Canonical XML. */
const rawAttributes: Record<string, fc.Arbitrary<RawAttribute[]>> = {
  rawChildren: fc.constant([xmlLang]),
  rawContent: fc.constantFrom(
    [{ name: 'k', namespace: '', value: 'a "b"\n' }],
    [
      { name: 'b', namespace: '', value: '' },
      { name: 'a', namespace: 'urn:n', value: '<' },
      { name: 'b', namespace: 'urn:o', value: '1' },
    ],
  ),
}

/** Values of the model for one release, by the table. */
class ModelArbitrary {
  readonly #bit: number

  constructor(readonly release: Release) {
    this.#bit = releaseBit(release)
  }

  record(shape: Shape, depth: number): fc.Arbitrary<Record<string, unknown>> {
    const { attributes, text: own, elements } = shape
    const rows = [...attributes, ...(own ? [own] : []), ...elements].filter(({ releases }) => releases & this.#bit)
    const alternatives = [...new Set(rows.flatMap(({ alternative = [] }) => alternative))]
    return fc.constantFrom('', ...alternatives).chain((alternative) => {
      const shown = rows.filter(
        (row) => (row.alternative ?? alternative) === alternative && (this.#isRequired(row) || depth > 0),
      )
      const inline = shown.filter((row) => row.inline).map((row) => this.#inline(row, depth))
      const named = shown.filter((row) => !row.inline)
      const model = Object.fromEntries(
        named.flatMap((row) => {
          const value = row.isList ? this.#list(row, depth) : this.#value(row, depth - 1)
          const beside = rawAttributes[row.type]
          const kept = keepsAttributes(row) && beside !== undefined ? [[attributesPropertyOf(row), beside]] : []
          return [[row.property, value], ...kept] as [string, fc.Arbitrary<unknown>][]
        }),
      )
      const requiredKeys = named.filter((row) => this.#isRequired(row)).map(({ property }) => property)
      return fc
        .tuple(fc.record(model, { requiredKeys }), ...inline)
        .map((all) => withRaw(Object.assign({}, ...all) as Record<string, unknown>))
    })
  }

  #isRequired({ requiredIn }: ShapeRow): boolean {
    return (requiredIn & this.#bit) !== 0
  }

  /** An element without a place of its own is all there, or not at all. */
  #inline(row: ShapeRow, depth: number): fc.Arbitrary<Record<string, unknown>> {
    const record = this.record(row.shape, depth)
    return this.#isRequired(row) ? record : fc.oneof(fc.constant({}), record)
  }

  /** A list that is absent in XML is absent in the model, so an optional list is never empty. */
  #list(row: ShapeRow, depth: number): fc.Arbitrary<unknown[]> {
    const most = row.singleIn & this.#bit ? 1 : Math.min(row.most, 2)
    return fc
      .constantFrom(1, 1, 1, most)
      .chain((length) => fc.array(this.#value(row, depth - 1), { minLength: length, maxLength: length }))
  }

  #value(row: ShapeRow, depth: number): fc.Arbitrary<unknown> {
    if (row.rawKind === 'rawElement') return fc.constant(rawSignature)
    if (row.rawKind === 'rawContent') return rawContent
    if (row.rawKind === 'rawChildren') return fc.array(extensionNode(this.release), { maxLength: 2 })
    if (!row.isComplex) return this.#text(row)
    const only = row.shape.elements[0]
    if (!row.unwrap || only === undefined) return this.record(row.shape, depth)
    return only.isList ? fc.array(this.#value(only, depth - 1), { maxLength: 2 }) : this.#value(only, depth - 1)
  }

  #text(row: ShapeRow): fc.Arbitrary<string> {
    const known = values[row.type as SimpleTypeName]
    // An empty text that may be absent reads as absent.
    if (known !== undefined)
      return row.at === 'text' && row.occurs === '?' ? known.filter((each) => each !== '') : known
    const { values: listed = [], valuesIn }: SimpleType = simpleTypes[row.type as SimpleTypeName]
    const has = (value: string): boolean => (releaseSet(valuesIn?.[value] ?? '-') & this.#bit) !== 0
    return fc.constantFrom(...listed.filter(has))
  }
}

/** Attributes that are kept beside raw XML stand beside some. */
function withRaw(record: Record<string, unknown>): Record<string, unknown> {
  for (const key of Object.keys(record)) {
    if (key.endsWith('Attributes') && record[key.slice(0, -'Attributes'.length)] === undefined) delete record[key]
  }
  return record
}

/** References are made to lead somewhere, or go. */
function tie(los: LearningOpportunitySpecification, report: Report, ids: readonly string[]): void {
  const { instance } = los
  const scheme = report.gradingScheme?.[0]?.localId
  if (scheme === undefined) delete instance.gradingSchemeLocalId
  else if (instance.gradingSchemeLocalId !== undefined) instance.gradingSchemeLocalId = scheme
  if (instance.attachments?.ref !== undefined) {
    if (ids[0] === undefined) delete instance.attachments
    else instance.attachments.ref = instance.attachments.ref.map((_, index) => ids[index % ids.length] as string)
  }
  los.parts?.forEach((part) => tie(part, report, ids))
}

/** Documents that are valid in a release, made from the table, in the form in which a reader gives them. */
export const elmoArbitraryOf = (release: Release, depth = 9): fc.Arbitrary<Elmo> =>
  new ModelArbitrary(release).record(rootRow.shape, depth).map((record) => {
    const elmo = structuredClone(record) as unknown as Elmo
    const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap(({ attachment = [] }) => attachment)]
    const ids = attachments.flatMap(({ identifier = [] }) => identifier.map(({ value }) => value))
    for (const report of elmo.reports) {
      report.learningOpportunitySpecification?.forEach((los) => tie(los, report, ids))
    }
    return elmo
  })

export const elmoArbitrary: fc.Arbitrary<Elmo> = elmoArbitraryOf(defaultRelease)
