import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { describeWithShared } from '@emrex-gateway/testing'
import { convertElmo } from '../src/convert/convert-elmo.js'
import { toElm } from '../src/convert/elm/to-elm.js'
import { readElmo } from '../src/document/read-elmo.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import { releases } from '../src/grammar/releases.js'
import type { Elmo } from '../src/model.js'
import { elmOptions, elmRoundTrip, withoutFiles } from './elm-round-trip.js'
import { unnamedDepartures } from './expect-survival.js'
import { goldenElmo, goldenNames } from './golden.js'

const testdata = fileURLToPath(new URL('../testdata', import.meta.url))
const maximal = (release: string): Elmo => readElmo(readFileSync(join(testdata, 'releases', `${release}.xml`))).elmo

/** What a conversion departs in, one line each. */
const losses = (found: readonly { code: string; what: string; path: string; kept?: string }[]): string[] =>
  found.map(({ code, what, path, kept }) => `${what} ${code} ${path}${kept === undefined ? '' : ` -> ${kept}`}`)

async function expectGolden(name: string, value: unknown): Promise<void> {
  const file = join(testdata, 'conversion', `${name}.json`)
  const text = await format(JSON.stringify(value), { ...(await resolveConfig(file)), parser: 'json' })
  if (process.env['EMREX_WRITE_CONVERSIONS'] === '1') writeFileSync(file, text)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(text))
}

/** Everything that must hold of any document, whatever is wrong with it. */
function expectNamed(elmo: Elmo): void {
  for (const release of releases) {
    const { elmo: converted, losses: found } = convertElmo(elmo, release)
    expect(unnamedDepartures(elmo, converted, found)).toEqual([])
  }
  const { unnamed, unread } = elmRoundTrip(withoutFiles(elmo))
  expect(unnamed).toEqual([])
  expect(unread).toEqual([])
  expect(() => toElm(elmo, elmOptions)).not.toThrow()
}

describe('the conversions of documents that use every row (EMREX_WRITE_CONVERSIONS=1 writes them)', () => {
  it.each(releases)('from %s to any release are valid, and name what they lost', (from) => {
    const elmo = maximal(from)
    expect(validateElmo(elmo, from)).toEqual([])
    for (const to of releases) expect(validateElmo(convertElmo(elmo, to).elmo, to)).toEqual([])
    expectNamed(elmo)
  })

  it.each(goldenNames)('of %s name what they lost', (name) => expectNamed(goldenElmo(name)))

  it.each([
    ['1.7.0', '2.1.1'],
    ['2.1.1', '1.7.0'],
    ['2.1.1', '1.0.0'],
  ] as const)('from %s to %s are what a person checked', async (from, to) => {
    const { elmo, losses: found } = convertElmo(maximal(from), to)
    await expectGolden(`${from}-to-${to}`, { losses: losses(found), elmo })
  })

  it.each(['maximal', 'modules'])('of %s to the European Learning Model are what a person checked', async (name) => {
    const { credentials, losses: found } = toElm(goldenElmo(name), elmOptions)
    await expectGolden(`${name}-to-elm`, { losses: losses(found), credentials })
  })
})

describeWithShared(describe, 'the conversions of the shared corpus', (shared) => {
  const corpus = join(shared, 'elmo/corpus')

  it.each(['official', 'peers', 'synthetic', 'history'])('of every document of %s name what they lost', (folder) => {
    const files = readdirSync(join(corpus, folder)).filter((file) => file.endsWith('.xml'))
    let read = 0
    for (const file of files) {
      let elmo: Elmo
      try {
        elmo = readElmo(readFileSync(join(corpus, folder, file))).elmo
      } catch {
        // A document that is no XML or no ELMO has other tests.
        continue
      }
      read++
      expectNamed(elmo)
    }
    expect(read).toBeGreaterThan(files.length / 2)
  })
})
