import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { listResults, type ResultNode } from '../src/meaning/list-results.js'
import type { Elmo } from '../src/model.js'
import { readElmo } from '../src/document/read-elmo.js'
import { selectResults } from '../src/selection/select-results.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { defaultRelease, type Release } from '../src/grammar/releases.js'
import { elmoArbitrary, elmoArbitraryOf } from './elmo-arbitrary.js'
import { goldenElmo, goldenNames, goldenRelease } from './golden.js'
import { unusedRows } from './used-rows.js'

const seed = 20260302
const flatten = (nodes: readonly ResultNode[]): ResultNode[] => nodes.flatMap((node) => [node, ...flatten(node.parts)])
const resultsOf = (elmo: Elmo): ResultNode[] => listResults(elmo).flatMap(flatten)

/** A document with some of its results chosen. */
const selectionArbitrary = elmoArbitrary
  .filter((elmo) => resultsOf(elmo).length > 0)
  .chain((elmo) =>
    fc
      .subarray(
        resultsOf(elmo).map(({ id }) => id),
        { minLength: 1 },
      )
      .map((ids) => ({ elmo, chosen: new Set(ids) })),
  )

describe('a document made from the table', () => {
  it('uses every row of it, sooner or later', () => {
    const documentsOf = (release: Release): Elmo[] => fc.sample(elmoArbitraryOf(release), { seed, numRuns: 100 })
    expect(unusedRows([...documentsOf('1.7.0'), ...documentsOf('2.0.0'), ...documentsOf('2.1.1')])).toEqual([])
  })

  it('is valid to the validator and reads back as it was written', () => {
    const property = fc.property(elmoArbitrary, (elmo) => {
      expect(validateElmo(elmo)).toEqual([])
      const written = writeElmo(elmo)
      expect(readElmo(written, { keepSignature: true }).elmo).toEqual(elmo)
      expect(Buffer.from(writeElmo(elmo)).equals(written)).toBe(true)
    })
    fc.assert(property, { seed, numRuns: 200 })
  })

  it('keeps, when some of it is chosen, only what was chosen, its parts and frames above it', () => {
    const property = fc.property(selectionArbitrary, ({ elmo, chosen }) => {
      const before = JSON.stringify(elmo)
      const selected = selectResults(elmo, chosen)
      expect(JSON.stringify(elmo)).toBe(before)
      expect(validateElmo(selected)).toEqual([])
      const isCovered = (id: string): boolean => [...chosen].some((each) => id === each || id.startsWith(`${each}/`))
      const leads = (id: string): boolean => [...chosen].some((each) => each.startsWith(`${id}/`))
      const expected = resultsOf(elmo).filter(({ id }) => isCovered(id) || leads(id))
      const kept = resultsOf(selected)
      expect(kept.map(({ los }) => los.title)).toEqual(expected.map(({ los }) => los.title))
      kept.forEach(({ los }, index) => {
        if (isCovered(expected[index]?.id ?? '')) return
        expect(Object.keys(los.instance).filter((key) => key !== 'status')).toEqual([])
        expect(los.parts?.length).toBeGreaterThan(0)
      })
    })
    fc.assert(property, { seed, numRuns: 100 })
  })
})

describeWithShared(describe, 'what writeElmo writes', (shared) => {
  describeWith(describe, 'xmllint', 'and the official schema', () => {
    it('is valid by the official schema', () => {
      const documents = [
        ...goldenNames.filter((name) => goldenRelease(name) === defaultRelease).map(goldenElmo),
        ...fc.sample(elmoArbitrary, { seed, numRuns: 200 }),
        ...fc.sample(selectionArbitrary, { seed, numRuns: 100 }).map(({ elmo, chosen }) => selectResults(elmo, chosen)),
      ]
      const folder = mkdtempSync(join(tmpdir(), 'written-elmo-'))
      const files = documents.map((elmo, index) => {
        const file = join(folder, `${index}.xml`)
        writeFileSync(file, writeElmo(elmo))
        return file
      })
      const schema = join(shared, 'elmo/schemas/v1.7.0/schema.xsd')
      const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...files], {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      })
      rmSync(folder, { recursive: true })
      expect(stderr.split('\n').filter((line) => line !== '' && !line.endsWith(' validates'))).toEqual([])
      expect(status).toBe(0)
      expect(files.length).toBeGreaterThan(300)
    })
  })
})
