import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { validateElmoXml } from '../src/document/validate-elmo-xml.js'
import { changed, releaseCases } from './oracle/release-cases.js'
import { releases, releaseSet, releasesOf, type Release, type ReleaseRange } from '../src/grammar/releases.js'

/** A valid document of a release, with everything that the release knows. */
const documentOf = (release: Release): string =>
  readFileSync(fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url)), 'utf8')

const rangeOf = (range: ReleaseRange): Release[] => (range === 'none' ? [] : releasesOf(releaseSet(range)))
const validIn = (xml: string): readonly Release[] => validateElmoXml(Buffer.from(xml)).releases

/** In which releases the full document of each release is valid. */
const full: Record<Release, ReleaseRange> = {
  '1.0.0': '1.0.0-1.1.0',
  '1.1.0': '1.1.0',
  '1.2.0': '1.2.0 1.4.0-1.7.0',
  '1.3.0': '1.3.0-1.7.0',
  '1.4.0': '1.4.0-1.7.0',
  '1.5.0': '1.5.0-1.7.0',
  '1.6.0': '1.6.0-1.7.0',
  '1.7.0': '1.7.0',
  '2.0.0': '2.0.0',
  '2.1.1': '2.1.1',
}

describe('which releases a document is valid in', () => {
  it.each(releases)('is told of the full document of %s', (release) => {
    expect(validIn(documentOf(release))).toEqual(rangeOf(full[release]))
  })

  it.each(releaseCases)('is told where it holds %s', (_, base, changes, range) => {
    expect(validIn(changed(base, changes))).toEqual(rangeOf(range))
  })
})
