import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { releases, type Release } from '../src/grammar/releases.js'
import { corpusElements } from './oracle/elmo-elements.js'
import { ourVerdict } from './oracle/our-verdict.js'
import { changed, releaseCases } from './oracle/release-cases.js'
import { schemaOf, schemaVerdicts } from './oracle/schema-verdicts.js'

interface EdgeCase {
  readonly file: string
  readonly case: string
  readonly schema: Release
  readonly valid: boolean
  readonly xmllint: string
}

describeWithShared(describe, 'validateElmoXml on the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')

  it('gives the verdict of the specification on every edge case, in its release', () => {
    const cases = JSON.parse(readFileSync(join(corpus, 'edge/expected.json'), 'utf8')) as EdgeCase[]
    const differing = cases
      .map((each) => ({ ...each, ours: ourVerdict(readFileSync(join(corpus, 'edge', each.file))) }))
      .filter(({ schema, valid, ours }) => ours.releases.includes(schema) !== valid)
      // What is refused before any schema: only markup that no ELMO document needs.
      .filter(({ ours }) => ours.refusal !== 'ELMO_FORBIDDEN_MARKUP')
    expect(differing).toEqual([])
    expect(cases.length).toBeGreaterThan(150)
  })

  describeWith(describe, 'xmllint', 'and the official schemas', () => {
    const elements = [
      ...corpusElements(corpus),
      ...releaseCases.map(([what, base, changes]) => ({ file: what, xml: Buffer.from(changed(base, changes)) })),
    ]
    const own = elements.map(({ xml }) => ourVerdict(xml))

    it.each(releases)('gives the same verdict on every ELMO element and every case of ours, by %s', (release) => {
      const theirs = schemaVerdicts(
        schemaOf(shared, release),
        elements.map(({ xml }) => xml),
      )
      const differing = elements.flatMap(({ file }, index) => {
        const ours = own[index] as (typeof own)[number]
        return ours.releases.includes(release) === theirs[index] || ours.refusal === 'ELMO_FORBIDDEN_MARKUP'
          ? []
          : [{ file, theirs: theirs[index], ours }]
      })
      expect(differing).toEqual([])
      expect(elements.length).toBeGreaterThan(150)
    })
  })
})
