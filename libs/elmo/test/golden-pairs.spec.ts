import type { Elmo } from '../src/model.js'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { goldenElmo, goldenJson, goldenNames, goldenRelease, goldenXml } from './golden.js'
import { unusedRows } from './used-rows.js'

interface ForeignExpectation {
  readonly elmo: Elmo
  readonly problems: readonly string[]
}

describe('readElmo and writeElmo', () => {
  it.each(goldenNames)('read %s.xml as its JSON, without a problem', (name) => {
    const { elmo, problems, releases } = readElmo(goldenXml(name), { keepSignature: true })
    expect(elmo).toEqual(goldenJson(name))
    expect(problems).toEqual([])
    expect(releases).toContain(goldenRelease(name))
  })

  it.each(goldenNames)('write the JSON of %s byte for byte as its XML', (name) => {
    expect(Buffer.from(writeElmo(goldenElmo(name), { release: goldenRelease(name) })).toString()).toBe(
      goldenXml(name).toString(),
    )
  })

  it.each(['foreign/cdata-and-prefixes', 'foreign/deviations'])('read %s.xml and name its problems', (name) => {
    const expected = goldenJson(name) as ForeignExpectation
    const { elmo, problems } = readElmo(goldenXml(name))
    expect(elmo).toEqual(expected.elmo)
    const lines = problems.map(({ rule, path, line, column }) => {
      return `${line === undefined ? '-' : `${line}:${column}`} ${rule} ${path}`
    })
    expect(lines).toEqual(expected.problems)
  })

  it('give back what was read from another hand', () => {
    const { elmo } = goldenJson('foreign/cdata-and-prefixes') as ForeignExpectation
    const canonical =
      '<x:note xmlns="" xmlns:t="urn:example:type" xmlns:x="urn:example:extension" kind="t:word" t:a="1">' +
      'raw &amp; kept<plain></plain></x:note>'
    const again = readElmo(writeElmo(elmo)).elmo
    const [los] = elmo.reports[0]?.learningOpportunitySpecification ?? []
    // XML that is kept is written in canonical form: without comments, with its attributes in order.
    expect(los?.instance.extension?.[0]).toContain('<![CDATA[raw & kept]]><!-- kept --><plain/>')
    if (los?.instance.extension !== undefined) los.instance.extension[0] = canonical
    expect(again).toEqual(elmo)
  })

  it('are shown on every row of the table', () => {
    expect(unusedRows(goldenNames.map(goldenElmo))).toEqual([])
  })
})

describe('validateElmo', () => {
  it.each(goldenNames)('finds nothing in %s', (name) => {
    expect(validateElmo(goldenElmo(name), goldenRelease(name))).toEqual([])
  })

  it('finds in a model what the reader finds in its document', () => {
    const { elmo, problems } = goldenJson('foreign/deviations') as ForeignExpectation
    const found = validateElmo(elmo).map(({ rule, path }) => `${rule} ${path}`)
    // What the model cannot show (order, namespaces, unknown XML) and what it only advises stays with the reader.
    const ofXml = /P-NS|P-ORDER|UNKNOWN|@type|scheme$|GRAMMAR-MISSING/
    expect(found.filter((line) => !/issueDate/.test(line))).toEqual(
      problems.map((line) => line.slice(line.indexOf(' ') + 1)).filter((line) => !ofXml.test(line)),
    )
  })
})
