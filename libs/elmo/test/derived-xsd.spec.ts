import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { releases, type Release } from '../src/grammar/releases.js'
import { elmoXsdFiles } from '../src/xsd/elmo-xsd.js'
import { goldenNames, goldenXml } from './golden.js'
import { corpusElements } from './oracle/elmo-elements.js'
import { mutation, treeOf } from './oracle/mutate.js'
import { ourVerdict } from './oracle/our-verdict.js'
import { schemaOf, schemaVerdicts, verdictsBySchemas } from './oracle/schema-verdicts.js'

const count = process.env['EMREX_LONG_TESTS'] === undefined ? 2000 : 20_000
/** The same documents that the validator and the official schemas are compared on. */
const firstSeed = 20_260_302

const validIn = (release: Release): Buffer =>
  readFileSync(fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url)))

function changed(release: Release, howMany: number): Buffer[] {
  const base = treeOf(validIn(release))
  const first = firstSeed + releases.indexOf(release) * 1_000_000
  return Array.from({ length: howMany }, (_, index) => Buffer.from(mutation(base, first + index)))
}

/** Places in a list at which two judges disagree. */
const differing = (ours: readonly boolean[], theirs: readonly boolean[]): number[] =>
  ours.flatMap((verdict, index) => (verdict === theirs[index] ? [] : [index]))

describeWith(describe, 'xmllint', 'elmoXsdFiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-xsd-'))
  const derived = (release: Release): string => join(folder, `${release}-elmo-${release}.xsd`)

  beforeAll(() => {
    for (const release of releases) {
      for (const { name, text } of elmoXsdFiles(release)) {
        // Side by side in one folder: each release with its own companions.
        const apart = text.replaceAll('schemaLocation="', `schemaLocation="${release}-`)
        writeFileSync(join(folder, `${release}-${name}`), apart)
      }
    }
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it.each(releases)('take the valid document of %s, and not in another namespace', (release) => {
    const foreign = Buffer.from(validIn(release).toString().replaceAll('elmo-schemas/tree/v', 'elmo-schemas/tree/x'))
    expect(schemaVerdicts(derived(release), [validIn(release), foreign])).toEqual([true, false])
  })

  it('import nothing but one another, and are ASCII', () => {
    for (const release of releases) {
      const files = elmoXsdFiles(release)
      const imported = files.flatMap(({ text }) =>
        [...text.matchAll(/schemaLocation="([^"]*)"/g)].map(([, name]) => name),
      )
      expect(imported.filter((name) => files.every((file) => file.name !== name))).toEqual([])
      expect(files.filter(({ text }) => /[^\n -~]/.test(text))).toEqual([])
    }
  })

  it.each(releases)(
    'judge golden documents and changed ones by %s as the validator does',
    (release) => {
      const documents = [...goldenNames.map(goldenXml), ...releases.map(validIn), ...changed(release, count / 10)]
      const theirs = schemaVerdicts(derived(release), documents)
      const ours = documents.map((xml) => ourVerdict(xml).releases.includes(release))
      expect(differing(ours, theirs)).toEqual([])
      expect(theirs.filter(Boolean).length).toBeGreaterThan(documents.length / 20)
      expect(theirs.filter(Boolean).length).toBeLessThan(documents.length / 2)
    },
    300_000,
  )

  describeWithShared(describe, 'beside the official schemas', (shared) => {
    const corpus = join(shared, 'elmo/corpus')
    const documents = [
      ...corpusElements(corpus),
      ...readdirSync(join(corpus, 'edge'))
        .filter((name) => name.endsWith('.xml'))
        .map((name) => ({ file: `edge/${name}`, xml: readFileSync(join(corpus, 'edge', name)) })),
    ]

    it.each(releases)(
      'give the verdict of %s on every ELMO element of the corpus, every edge case and changed documents',
      (release) => {
        const all = [...documents.map(({ xml }) => xml), ...changed(release, count)]
        const [official = [], own = []] = verdictsBySchemas([schemaOf(shared, release), derived(release)], all)
        const found = differing(own, official)
        expect(found.map((index) => documents[index]?.file ?? index - documents.length)).toEqual([])
        expect(documents.length).toBeGreaterThan(250)
      },
      300_000,
    )
  })
})
