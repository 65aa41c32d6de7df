import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { releases } from '../src/grammar/releases.js'
import { mutation, treeOf } from './oracle/mutate.js'
import { ourVerdict } from './oracle/our-verdict.js'
import { schemaOf, schemaVerdicts } from './oracle/schema-verdicts.js'

const count = process.env['EMREX_LONG_TESTS'] === undefined ? 2000 : 20_000
const firstSeed = 20_260_302

describeWithShared(describe, 'validateElmoXml', (shared) => {
  describeWith(describe, 'xmllint', 'against the official schemas', () => {
    it.each(releases)(
      `gives the same verdict on ${count} changed documents, by %s`,
      (release) => {
        const file = fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url))
        const base = treeOf(readFileSync(file))
        const first = firstSeed + releases.indexOf(release) * 1_000_000
        const documents = Array.from({ length: count }, (_, index) => Buffer.from(mutation(base, first + index)))
        const theirs = schemaVerdicts(schemaOf(shared, release), documents)
        const differing = documents.flatMap((xml, index) => {
          const ours = ourVerdict(xml)
          return ours.releases.includes(release) === theirs[index]
            ? []
            : [{ seed: first + index, theirs: theirs[index], ours }]
        })
        expect(differing).toEqual([])
        const valid = theirs.filter(Boolean).length
        expect(valid).toBeGreaterThan(count / 20)
        expect(valid).toBeLessThan(count / 2)
      },
      300_000,
    )
  })
})
