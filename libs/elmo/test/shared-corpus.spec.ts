import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWithShared } from '@emrex-gateway/testing'
import { readElmo } from '../src/read-elmo.js'
import { validateElmo } from '../src/validate-elmo.js'

interface EdgeCase {
  readonly file: string
  readonly case: string
  readonly schema: string
  readonly valid: boolean
}

/** Rules beyond the schema: a document that breaks only these is valid by it. */
const beyondSchema = new Set(['LOI-SCHEME-REF', 'LOI-ATT-REF', 'P-NOT-KEPT'])

/**
 * Where we differ from the schema on purpose: it validates what stands inside an extension or an introduction when it
 * happens to know the element. To us that is data.
 */
const intendedDifferences = new Set(['ext-ds-invalid', 'ds-intro-mixed'])

describeWithShared(describe, 'readElmo and validateElmo on the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')

  it('agree with the schema on every edge case', () => {
    const cases = JSON.parse(readFileSync(join(corpus, 'edge/expected.json'), 'utf8')) as EdgeCase[]
    const verdicts = cases
      .filter(({ schema, case: name }) => schema === '1.7.0' && !intendedDifferences.has(name))
      .map(({ file, case: name, valid }) => {
        const { elmo, problems } = readElmo(readFileSync(join(corpus, 'edge', file)))
        const all = [...problems, ...validateElmo(elmo)].filter(({ rule }) => !beyondSchema.has(rule))
        return { name, valid, ours: all.length === 0, rules: all.map(({ rule }) => rule) }
      })
    expect(verdicts.length).toBeGreaterThan(150)
    expect(verdicts.filter(({ valid, ours }) => valid !== ours)).toEqual([])
  })
})
