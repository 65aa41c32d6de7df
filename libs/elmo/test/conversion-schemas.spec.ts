import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import fc from 'fast-check'
import { convertElmo } from '../src/convert/convert-elmo.js'
import { readElmo } from '../src/document/read-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { releases } from '../src/grammar/releases.js'
import type { Elmo } from '../src/model.js'
import { elmoArbitraryOf, rawSignature } from './elmo-arbitrary.js'
import { schemaOf, schemaVerdicts } from './oracle/schema-verdicts.js'

const testdata = fileURLToPath(new URL('../testdata/releases', import.meta.url))
const maximal = (release: string): Elmo => readElmo(readFileSync(join(testdata, `${release}.xml`))).elmo

describeWithShared(describe, 'what convertElmo gives', (shared) => {
  describeWith(describe, 'xmllint', 'and the official schemas', () => {
    it.each(releases)('are valid by the schema of %s, once they are signed where it demands that', (to) => {
      const sources = [
        ...releases.map(maximal),
        ...releases.flatMap((from) => fc.sample(elmoArbitraryOf(from), { seed: 20260302, numRuns: 5 })),
      ]
      const documents = sources.map((elmo) => {
        const { elmo: converted, losses: found } = convertElmo(elmo, to)
        const isUnsigned = found.some(({ code }) => code === 'SIGNATURE_REQUIRED')
        const xml = Buffer.from(writeElmo(converted, { release: to })).toString()
        return Buffer.from(isUnsigned ? xml.replace(/<\/elmo>\s*$/, `${rawSignature}</elmo>`) : xml)
      })
      expect(schemaVerdicts(schemaOf(shared, to), documents)).toEqual(documents.map(() => true))
    })
  })
})
