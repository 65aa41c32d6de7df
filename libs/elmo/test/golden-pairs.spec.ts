import type { Elmo } from '../src/model.js'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { goldenElmo, goldenJson, goldenNames, goldenXml } from './golden.js'
import { unusedRows } from './used-rows.js'

interface ForeignExpectation {
  readonly elmo: Elmo
  readonly problems: readonly string[]
}

describe('readElmo and writeElmo', () => {
  it.each(goldenNames)('read %s.xml as its JSON, without a problem', (name) => {
    const { elmo, problems } = readElmo(goldenXml(name))
    expect(elmo).toEqual(goldenJson(name))
    expect(problems).toEqual([])
  })

  it.each(goldenNames)('write the JSON of %s byte for byte as its XML', (name) => {
    expect(Buffer.from(writeElmo(goldenElmo(name))).toString()).toBe(goldenXml(name).toString())
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
    expect(readElmo(writeElmo(elmo)).elmo).toEqual(elmo)
  })

  it('are shown on every row of the table', () => {
    expect(unusedRows(goldenNames.map(goldenElmo))).toEqual([])
  })
})

describe('validateElmo', () => {
  it.each(goldenNames)('finds nothing in %s', (name) => {
    expect(validateElmo(goldenElmo(name))).toEqual([])
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
