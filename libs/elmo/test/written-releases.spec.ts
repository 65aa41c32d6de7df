import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describeWith, describeWithShared } from '@emrex-gateway/testing'
import { ElmoError } from '../src/elmo-error.js'
import { readElmo } from '../src/document/read-elmo.js'
import { xmlDeclaration } from '../src/document/document-writing.js'
import { writeElmo } from '../src/document/write-elmo.js'
import { releases, type Release } from '../src/grammar/releases.js'
import type { Elmo } from '../src/model.js'
import { elmoArbitraryOf, rawSignature } from './elmo-arbitrary.js'
import { goldenElmo, goldenNames, goldenRelease } from './golden.js'
import { schemaOf, schemaVerdicts } from './oracle/schema-verdicts.js'

const seed = 20260302
const validIn = (release: Release): Buffer =>
  readFileSync(fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url)))

/** The same model with its raw XML as we write it. */
const canonical = (elmo: Elmo, release: Release): Elmo =>
  readElmo(writeElmo(elmo, { release }), { keepSignature: true }).elmo

/** Models that are valid in a release: the one that has everything, and generated ones, some signed. */
const modelsOf = (release: Release, count: number): Elmo[] => [
  canonical(readElmo(validIn(release), { keepSignature: true }).elmo, release),
  ...fc.sample(elmoArbitraryOf(release, 7), { seed, numRuns: count }),
]

/** Raw XML as it might come from anywhere: nothing of it is in canonical form. */
const rawPieces = [
  "<x:a xmlns:x='urn:x' xmlns:y=\"urn:y\" y:c='1' b='2' x:a='3' ><x:b xmlns:x=\"urn:x\"/></x:a>",
  '<a xmlns="urn:a"><b xmlns=""><c/></b><!-- gone --><![CDATA[<&>]]>\r\n&#13;&#x9;&apos;&quot;</a>',
  '<x:a xmlns:x="urn:x" t="&#9;&#10;&#13; &lt;&gt;&apos;&quot;"><plain z="" a=""/></x:a >',
  '<x:a xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1" xmlns:x="urn:x" xml:lang="en" lang=""><unknown/></x:a>',
  '<\u{1d4d0}:a xmlns:\u{1d4d0}="urn:1" xmlns:\uff41="urn:2" \u{1d4d0}:z="" \uff41:z=""/>',
]

function withRaw(): Elmo {
  const elmo = goldenElmo('maximal')
  const los = elmo.reports[0]?.learningOpportunitySpecification?.[0]
  const supplement = los?.instance.diplomaSupplement
  if (los === undefined || supplement === undefined) throw new Error('The golden document has no supplement.')
  const inNamespace = rawSignature
    .replace('<Signature xmlns', '<d:Signature xmlns:d')
    .replace('</Signature>', '</d:Signature>')
  return {
    ...elmo,
    extension: rawPieces,
    extensionAttributes: [{ name: 'lang', namespace: 'http://www.w3.org/XML/1998/namespace', value: 'en' }],
    reports: elmo.reports.map((report) => ({
      ...report,
      learningOpportunitySpecification: [
        {
          ...los,
          instance: {
            ...los.instance,
            diplomaSupplement: {
              ...supplement,
              introduction: `text \r\n<!-- gone -->${rawPieces.join(' &amp; ]]&gt; ')}<i xmlns=""/>`,
              introductionAttributes: [
                { name: 'b', namespace: 'urn:2', value: '"\n' },
                { name: 'z', namespace: '', value: '' },
                { name: 'a', namespace: 'urn:2', value: '<>' },
                { name: 'a', namespace: 'urn:10', value: '' },
              ],
              signature: inNamespace.replace(/<(\/?)(?=[A-Z])/g, '<$1d:'),
            },
          },
        },
      ],
    })),
  }
}

/** The documents' canonical forms, one behind the other, by xmllint. */
function canonicalByXmllint(documents: readonly Uint8Array[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'elmo-c14n-'))
  const files = documents.map((document, index) => {
    const file = join(folder, `${index}.xml`)
    writeFileSync(file, document)
    return file
  })
  const { stdout, stderr } = spawnSync('xmllint', ['--nonet', '--huge', '--c14n', ...files], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  rmSync(folder, { recursive: true })
  expect(stderr).toBe('')
  return stdout
}

const behindDeclaration = (xml: Uint8Array): string => {
  const text = Buffer.from(xml).toString()
  expect(text.startsWith(xmlDeclaration)).toBe(true)
  return text.slice(xmlDeclaration.length)
}

describe('writeElmo', () => {
  it.each(releases)('writes %s so that it reads back as the same model, valid in that release', (release) => {
    for (const elmo of modelsOf(release, 20)) {
      const written = writeElmo(elmo, { release })
      const read = readElmo(written, { keepSignature: true })
      expect(read.elmo).toEqual(elmo)
      const isSigned = elmo.signature !== undefined || release > '1.4.0'
      if (isSigned) expect(read.releases).toContain(release)
      expect(Buffer.from(writeElmo(read.elmo, { release })).equals(written)).toBe(true)
    }
  })

  it('refuses what a release cannot hold, and names each place', () => {
    const refusal = (elmo: Elmo, release: Release): readonly string[] => {
      try {
        writeElmo(elmo, { release })
      } catch (error) {
        if (error instanceof ElmoError && error.code === 'ELMO_INVALID') {
          return error.details.problems?.map(({ rule, path }) => `${rule} ${path}`) ?? []
        }
        throw error
      }
      return []
    }
    const newest = readElmo(validIn('2.1.1')).elmo
    expect(refusal(newest, '2.1.1')).toEqual([])
    expect(refusal(newest, '2.0.0').filter((line) => line.includes('/learner'))).toEqual([
      'GRAMMAR-RELEASE /elmo/learner/citizenship',
      'GRAMMAR-VALUE /elmo/learner/citizenship',
      'GRAMMAR-RELEASE /elmo/learner',
      'GRAMMAR-RELEASE /elmo/learner',
      'GRAMMAR-RELEASE /elmo/learner/countryOfBirth',
      'GRAMMAR-VALUE /elmo/learner/countryOfBirth',
    ])
    expect(refusal(goldenElmo('minimal'), '2.0.0')).toEqual(['GRAMMAR-MISSING /elmo/learner'])
    expect(releases.filter((release) => refusal(newest, release).length === 0)).toEqual(['2.1.1'])
  })
})

describeWith(describe, 'xmllint', 'what writeElmo writes', () => {
  it('is its own canonical form, in every release', () => {
    const documents = [
      ...goldenNames.map((name) => writeElmo(goldenElmo(name), { release: goldenRelease(name) })),
      ...releases.flatMap((release) => modelsOf(release, 12).map((elmo) => writeElmo(elmo, { release }))),
    ]
    const written = documents.map(behindDeclaration).join('')
    expect(canonicalByXmllint(documents) === written).toBe(true)
    expect(documents.length).toBeGreaterThan(100)
  })

  it('is so with raw XML that is nowhere canonical: extensions, an introduction, a signature inside', () => {
    const document = writeElmo(withRaw())
    expect(behindDeclaration(document)).toBe(canonicalByXmllint([document]))
    const { elmo, problems } = readElmo(document)
    expect(problems).toEqual([])
    expect(behindDeclaration(writeElmo(elmo))).toBe(behindDeclaration(document))
  })

  describeWithShared(describe, 'and the official schemas', (shared) => {
    it.each(releases)('is valid by %s', (release) => {
      const signed = modelsOf(release, 20).map((elmo) => ({ ...elmo, signature: rawSignature }))
      const verdicts = schemaVerdicts(
        schemaOf(shared, release),
        signed.map((elmo) => writeElmo(elmo, { release })),
      )
      expect(verdicts).toEqual(signed.map(() => true))
    })
  })
})
