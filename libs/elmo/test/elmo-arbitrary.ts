import fc from 'fast-check'
import { releaseBit, releaseSet, type Release } from '../src/grammar/releases.js'
import { shapeOf, type ShapeRow } from '../src/grammar/shape.js'
import { simpleTypes, type SimpleType, type SimpleTypeName } from '../src/grammar/simple-types.js'
import type { Elmo, LearningOpportunitySpecification, Report } from '../src/model.js'

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
  decimal: fc.constantFrom('0', '7.5', '-.5', '+5.', '00005'),
  nonNegativeInteger: fc.constantFrom('0', '+12', '-0', '007'),
  language: fc.constantFrom('en', 'zh-Hant-TW', 'i-klingon'),
  sectionNumber: fc.constantFrom('1', '4.1', '..'),
  gender: fc.constantFrom('0', '+1', '02', '9'),
  country: fc.constantFrom('SE', 'GB', 'GR', 'SZ'),
  addressCountry: fc.constantFrom('SE', 'XX'),
  duration: fc.constantFrom('P3Y', 'PT1H30M'),
}

const rawNode = fc.constantFrom(
  '<x:a xmlns:x="urn:x" x:b="1">t</x:a>',
  '<y xmlns="urn:y"><z xmlns=""/><!-- c --><![CDATA[<]]></y>',
  '<x:a xmlns="" xmlns:x="urn:x"><plain/></x:a>',
)

const rawValues = {
  rawChildren: fc.array(rawNode, { maxLength: 2 }),
  rawContent: fc
    .array(fc.oneof(rawNode, fc.constantFrom('text', ' &amp; &lt;tag&gt; ')), { maxLength: 3 })
    .map((all) => all.join('')),
  rawElement: fc.constant(
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="urn:c"/>' +
      '<SignatureMethod Algorithm="urn:s"/><Reference><DigestMethod Algorithm="urn:d"/><DigestValue>VGVzdA==</DigestValue>' +
      '</Reference></SignedInfo><SignatureValue>VGVzdA==</SignatureValue></Signature>',
  ),
}

/** The documents of one release: which rows they have, how often, with which values. */
class ReleaseArbitraries {
  readonly #bit: number

  constructor(release: Release) {
    this.#bit = releaseBit(release)
  }

  #isIn(set: number): boolean {
    return (set & this.#bit) !== 0
  }

  #simple(row: ShapeRow): fc.Arbitrary<unknown> {
    const { values: all, valuesIn }: SimpleType = simpleTypes[row.type as SimpleTypeName]
    const known = all?.filter((value) => valuesIn?.[value] === undefined || this.#isIn(releaseSet(valuesIn[value])))
    return values[row.type as SimpleTypeName] ?? fc.constantFrom(...(known ?? Object.keys(simpleTypes)))
  }

  #value(row: ShapeRow, depth: number): fc.Arbitrary<unknown> {
    if (row.rawKind !== undefined) return rawValues[row.rawKind]
    if (!row.isComplex) return this.#simple(row)
    const only = row.unwrap ? row.shape.elements[0] : undefined
    if (only === undefined) return this.record(row.type, depth)
    return only.isList
      ? fc.array(this.#value(only, depth - 1), { minLength: this.#isIn(only.requiredIn) ? 1 : 0, maxLength: 2 })
      : this.#value(only, depth - 1)
  }

  /** A list that is absent in XML is absent in the model, so an optional list is never empty. */
  #list(row: ShapeRow, depth: number): fc.Arbitrary<unknown[]> {
    const most = this.#isIn(row.singleIn) ? 1 : 2
    return fc
      .constantFrom(1, 1, 1, most)
      .chain((length) => fc.array(this.#value(row, depth - 1), { minLength: length, maxLength: length }))
  }

  record(type: string, depth: number): fc.Arbitrary<Record<string, unknown>> {
    const { attributes, text: own, elements } = shapeOf(type)
    const rows = [...attributes, ...(own ? [own] : []), ...elements].filter((row) => this.#isIn(row.releases))
    const alternatives = [...new Set(rows.flatMap(({ alternative = [] }) => alternative))]
    // A signature is never required of a model: it comes with signing.
    const isRequired = (row: ShapeRow): boolean => this.#isIn(row.requiredIn) && row.rawKind !== 'rawElement'
    return fc.constantFrom('', ...alternatives).chain((alternative) => {
      const shown = rows.filter(
        (row) => (row.alternative ?? alternative) === alternative && (isRequired(row) || depth > 0),
      )
      const named = shown.filter((row) => !row.inline)
      const model = Object.fromEntries(
        named.map((row) => [row.property, row.isList ? this.#list(row, depth) : this.#value(row, depth - 1)]),
      )
      const requiredKeys = named.filter(isRequired).map(({ property }) => property)
      const inline = shown
        .filter((row) => row.inline)
        .map((row) => {
          const record = this.record(row.type, depth)
          return isRequired(row) ? record : fc.option(record, { nil: {} })
        })
      return fc
        .tuple(fc.record(model, { requiredKeys }), ...inline)
        .map((all) => Object.assign({}, ...all) as Record<string, unknown>)
    })
  }
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
  // An empty text that may be absent reads as absent.
  if (instance.grouping?.value === '') delete instance.grouping.value
  los.parts?.forEach((part) => tie(part, report, ids))
}

/** Documents that are valid in a release, made from the table, in the form in which a reader gives them. */
export const elmoArbitraryOf = (release: Release): fc.Arbitrary<Elmo> =>
  new ReleaseArbitraries(release).record('Elmo', 9).map((record) => {
    const elmo = structuredClone(record) as unknown as Elmo
    const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap(({ attachment = [] }) => attachment)]
    const ids = attachments.flatMap(({ identifier = [] }) => identifier.map(({ value }) => value))
    for (const report of elmo.reports) {
      report.learningOpportunitySpecification?.forEach((los) => tie(los, report, ids))
    }
    return elmo
  })

/** Documents that are valid ELMO 1.7.0. */
export const elmoArbitrary: fc.Arbitrary<Elmo> = elmoArbitraryOf('1.7.0')
