import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { describeWith, describeWithShared, makeThrowawaySigner } from '@emrex-gateway/testing'
import { readElmo } from '../src/document/read-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { completenessOf } from '../src/meaning/completeness.js'
import { selectResults } from '../src/selection/select-results.js'
import { signElmo } from '../src/signature/sign-elmo.js'
import { goldenElmo } from './golden.js'

jest.setTimeout(120_000)

const selected = () => selectResults(goldenElmo('two-reports'), new Set(['0/0', '1/0']))

describe('the completeness marker', () => {
  it('survives writing and reading', () => {
    const { elmo, problems } = readElmo(writeElmo(selected()))
    expect(problems).toEqual([])
    expect(completenessOf(elmo).map(({ extent }) => extent)).toEqual(['selection', 'complete'])
  })
})

describeWith(describe, 'xmllint', 'the completeness marker beside xmllint', () => {
  describeWithShared(describe, 'the completeness marker beside the official schemas', (shared) => {
    let folder: string
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'elmo-'))
    })
    afterAll(() => rmSync(folder, { recursive: true, force: true }))

    const isValid = (xml: Uint8Array, release: string): boolean => {
      const file = join(folder, `${release}.xml`)
      writeFileSync(file, xml)
      const schema = join(shared, 'elmo/schemas', `v${release}`, 'schema.xsd')
      return spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, file], { timeout: 60_000 }).status === 0
    }

    // 1.3.0 asks for a grouping everywhere, 2.0.0 for a name in another script: no document of the others is valid there.
    it.each(['1.1.0', '1.2.0', '1.4.0', '1.5.0', '1.6.0', '1.7.0'])(
      'leaves a document valid in %s',
      async (release) => {
        const signed = signElmo(writeElmo(selected()), await makeThrowawaySigner())
        expect(isValid(signed, release)).toBe(true)
      },
    )

    it('would not be valid in 1.0.0, and is not written there', async () => {
      const signer = await makeThrowawaySigner()
      const without = selectResults(goldenElmo('two-reports'), new Set(['0/0', '1/0']), { release: '1.0.0' })
      expect(isValid(signElmo(writeElmo(selected()), signer), '1.0.0')).toBe(false)
      expect(isValid(signElmo(writeElmo(without), signer), '1.0.0')).toBe(true)
    })
  })
})
