import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithShared } from '@emrex-gateway/testing'
import { listResults, type ResultNode } from '../src/meaning/list-results.js'
import { parseXml, type XmlElement } from '../src/xml/parse-xml.js'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmo } from '../src/document/validate-elmo.js'

interface EdgeCase {
  readonly file: string
  readonly case: string
  readonly schema: string
  readonly valid: boolean
}

/** Opportunities, counted without the table; those of recognitions (ELMO 2) are no results of the learner. */
function countOpportunities({ localName, children }: XmlElement): number {
  if (localName === 'resultOfRecognition') return 0
  const below = children.filter((child) => typeof child !== 'string').map(countOpportunities)
  return below.reduce((sum, count) => sum + count, localName === 'learningOpportunitySpecification' ? 1 : 0)
}

const countResults = (nodes: readonly ResultNode[]): number =>
  nodes.reduce((sum, { parts }) => sum + 1 + countResults(parts), 0)

describeWithShared(describe, 'readElmo on the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')

  it('agrees with the schema on every edge case of 1.7.0, and so does the validator of the model', () => {
    const cases = JSON.parse(readFileSync(join(corpus, 'edge/expected.json'), 'utf8')) as EdgeCase[]
    const verdicts = cases
      .filter(({ schema }) => schema === '1.7.0')
      .map(({ file, case: name, valid }) => {
        const { elmo, problems } = readElmo(readFileSync(join(corpus, 'edge', file)), { release: '1.7.0' })
        // What breaks no release is a notice of practice.
        const all = [...problems, ...validateElmo(elmo)].filter(({ releases }) => releases !== undefined)
        return { name, valid, ours: all.length === 0, rules: all.map(({ rule }) => rule) }
      })
    expect(verdicts.length).toBeGreaterThan(150)
    expect(verdicts.filter(({ valid, ours }) => valid !== ours)).toEqual([])
  })

  it.each(['official', 'peers', 'synthetic'])('reads every document of %s and loses no course', (folder) => {
    const counts = readdirSync(join(corpus, folder)).map((file) => {
      const bytes = readFileSync(join(corpus, folder, file))
      const { elmo } = readElmo(bytes)
      const expected = countOpportunities(parseXml(bytes).root)
      return { file, expected, read: countResults(listResults(elmo).flat()) }
    })
    expect(counts.length).toBeGreaterThan(5)
    expect(counts.filter(({ expected, read }) => expected !== read)).toEqual([])
  })
})
