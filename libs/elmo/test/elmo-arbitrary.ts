import fc from 'fast-check'
import type { Row } from '../src/grammar/row.js'
import type { SimpleTypeName } from '../src/grammar/simple-types.js'
import { simpleTypes } from '../src/grammar/simple-types.js'
import {
  isComplex,
  isList,
  leastOf,
  mostOf,
  propertyOf,
  rawKindOf,
  shapeOf,
  simpleTypeOf,
} from '../src/grammar/shape.js'
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
}

/** In canonical form, as it is written. */
const rawNode = fc.constantFrom(
  '<x:a xmlns:x="urn:x" x:b="1">t</x:a>',
  '<y xmlns="urn:y"><z xmlns=""></z>&lt;&#xD;</y>',
  '<x:a xmlns="" xmlns:x="urn:x"><plain></plain></x:a>',
)

const rawValues = {
  rawChildren: fc.array(rawNode, { maxLength: 2 }),
  rawContent: fc
    .array(fc.oneof(rawNode, fc.constantFrom('text', ' &amp; &lt;tag&gt; ')), { maxLength: 3 })
    .map((all) => all.join('')),
  rawElement: fc.constant(
    '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo><CanonicalizationMethod Algorithm="urn:c">' +
      '</CanonicalizationMethod><SignatureMethod Algorithm="urn:s"></SignatureMethod><Reference>' +
      '<DigestMethod Algorithm="urn:d"></DigestMethod><DigestValue>VGVzdA==</DigestValue>' +
      '</Reference></SignedInfo><SignatureValue>VGVzdA==</SignatureValue></Signature>',
  ),
}

function valueOf(row: Row, depth: number): fc.Arbitrary<unknown> {
  const raw = rawKindOf(row)
  if (raw !== undefined && raw !== 'unread') return rawValues[raw]
  if (!isComplex(row)) {
    return (
      values[row.type as SimpleTypeName] ?? fc.constantFrom(...(simpleTypeOf(row)?.values ?? Object.keys(simpleTypes)))
    )
  }
  const only = shapeOf(row.type).elements[0]
  if (!row.unwrap || only === undefined) return recordOf(row.type, depth)
  return isList(only) ? fc.array(valueOf(only, depth - 1), { maxLength: 2 }) : valueOf(only, depth - 1)
}

/** A list that is absent in XML is absent in the model, so an optional list is never empty. */
const listOf = (row: Row, depth: number): fc.Arbitrary<unknown[]> =>
  fc
    .constantFrom(1, 1, 1, Math.min(mostOf(row), 2))
    .chain((length) => fc.array(valueOf(row, depth - 1), { minLength: length, maxLength: length }))

function recordOf(type: string, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const { attributes, text: own, elements } = shapeOf(type)
  const rows = [...attributes, ...(own ? [own] : []), ...elements]
  const alternatives = [...new Set(rows.flatMap(({ alternative = [] }) => alternative))]
  return fc.constantFrom('', ...alternatives).chain((alternative) => {
    const shown = rows.filter(
      (row) =>
        row.type !== 'unread' && (row.alternative ?? alternative) === alternative && (leastOf(row) > 0 || depth > 0),
    )
    const inline = shown.filter((row) => row.inline).map((row) => recordOf(row.type, depth))
    const named = shown.filter((row) => !row.inline)
    const model = Object.fromEntries(
      named.map((row) => [propertyOf(row), isList(row) ? listOf(row, depth) : valueOf(row, depth - 1)]),
    )
    const requiredKeys = named.filter((row) => leastOf(row) > 0).map(propertyOf)
    return fc
      .tuple(fc.record(model, { requiredKeys }), ...inline)
      .map((all) => Object.assign({}, ...all) as Record<string, unknown>)
  })
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

/** Documents that are valid ELMO 1.7.0, made from the table, in the form in which a reader gives them. */
export const elmoArbitrary: fc.Arbitrary<Elmo> = recordOf('Elmo', 9).map((record) => {
  const elmo = structuredClone(record) as unknown as Elmo
  const attachments = [...(elmo.attachments ?? []), ...elmo.reports.flatMap(({ attachment = [] }) => attachment)]
  const ids = attachments.flatMap(({ identifier = [] }) => identifier.map(({ value }) => value))
  for (const report of elmo.reports) {
    report.learningOpportunitySpecification?.forEach((los) => tie(los, report, ids))
  }
  return elmo
})
