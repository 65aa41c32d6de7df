import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { describeWithShared } from '@emrex-gateway/testing'
import { ElmoError } from '../src/elmo-error.js'
import { readElmo } from '../src/document/read-elmo.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { releases, type Release } from '../src/grammar/releases.js'
import type { Elmo, RawAttribute } from '../src/model.js'
import { canonicalRawContent, canonicalRawElement } from '../src/xml/canonical-raw.js'
import { documentTree } from './document-tree.js'
import { goldenNames, goldenXml } from './golden.js'
import { corpusElements } from './oracle/elmo-elements.js'

const nothing = new Map<string, string>()
const byName = (a: RawAttribute, b: RawAttribute): number =>
  `${a.namespace} ${a.name}` < `${b.namespace} ${b.name}` ? -1 : 1

/** The model with raw XML as what it says, not as it was written. */
function comparable(elmo: Elmo): unknown {
  const text = JSON.stringify(elmo, (key, value: unknown) => {
    if (value === undefined) return value
    if (/^(e|specifiesE)xtension$/.test(key)) return (value as string[]).map((raw) => canonicalRawElement(raw, nothing))
    if (key === 'signature') return canonicalRawElement(value as string, nothing)
    if (key === 'introduction' || key === 'raw') return canonicalRawContent(value as string, nothing)
    if (/ttributes$/.test(key)) return [...(value as RawAttribute[])].sort(byName)
    return value
  })
  return JSON.parse(text)
}

interface Difference {
  readonly file: string
  readonly releases: readonly Release[]
}

/** Reads each document, and writes it in each release that it is valid in. */
function roundTrips(documents: readonly { readonly file: string; readonly xml: Uint8Array }[]) {
  const trees: Difference[] = []
  const models: Difference[] = []
  let written = 0
  for (const { file, xml } of documents) {
    try {
      const { elmo, releases: valid } = readElmo(xml, { keepSignature: true })
      const [tree, model] = [documentTree(xml), comparable(elmo)]
      const outcomes = valid.map((release) => ({ release, xml: writeElmo(elmo, { release }) }))
      const otherTree = outcomes.filter((each) => !isDeepStrictEqual(documentTree(each.xml), tree))
      const otherModel = outcomes.filter(
        (each) => !isDeepStrictEqual(comparable(readElmo(each.xml, { keepSignature: true }).elmo), model),
      )
      written += outcomes.length
      if (otherTree.length > 0) trees.push({ file, releases: otherTree.map(({ release }) => release) })
      if (otherModel.length > 0) models.push({ file, releases: otherModel.map(({ release }) => release) })
    } catch (error) {
      // Refused before anything is read: no document that is valid anywhere.
      if (!(error instanceof ElmoError) || error.code === 'ELMO_INVALID') throw error
    }
  }
  return { trees, models, written }
}

describe('a document that is read and written', () => {
  it('says the same, for every golden document in every release that it is valid in', () => {
    const golden = [
      ...goldenNames.map((name) => ({ file: name, xml: goldenXml(name) })),
      ...releases.map((release) => ({
        file: release,
        xml: readFileSync(fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url))),
      })),
    ]
    expect(roundTrips(golden)).toEqual({ trees: [], models: [], written: expect.any(Number) })
    expect(roundTrips(golden).written).toBeGreaterThan(20)
  })

  describeWithShared(describe, 'from the shared corpus', (shared) => {
    const corpus = join(shared, 'elmo/corpus')

    it('says the same in every release that it is valid in, but for white space around one date', () => {
      const { trees, models, written } = roundTrips(corpusElements(corpus))
      // A token is kept as a reader sees it, without the white space around it.
      expect(trees.map(({ file }) => file)).toEqual(['peers/norway-emrex-1.0.xml'])
      expect(models).toEqual([])
      expect(written).toBeGreaterThan(200)
    })

    it('says the same for every edge case, but for white space in tokens and xsi:type', () => {
      const edge = readdirSync(join(corpus, 'edge'))
        .filter((name) => name.endsWith('.xml'))
        .map((file) => ({ file, xml: readFileSync(join(corpus, 'edge', file)) }))
      const { trees, models } = roundTrips(edge)
      const inTokens = ['021', '041', '052', '065', '104', '110', '184'].map((name) => `${name}.xml`)
      expect(trees.map(({ file }) => file).sort()).toEqual([...inTokens, '157.xml'].sort())
      expect(models).toEqual([])
    })
  })
})
