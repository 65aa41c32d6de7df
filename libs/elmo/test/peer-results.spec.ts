import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeWithShared } from '@emrex-gateway/testing'
import { readElmo } from '../src/document/read-elmo.js'
import { explainedOutline } from './explained-outline.js'

const folder = fileURLToPath(new URL('../testdata/peers', import.meta.url))
const goldenText = (name: string): string => readFileSync(join(folder, `${name}.json`), 'utf8')
const goldenNames = readdirSync(folder).map((file) => file.slice(0, -'.json'.length))

/** A golden file bears the name of its sample, except where that name looks like a person's. */
const goldenNameOf = (file: string): string =>
  file.startsWith('ELMO2EDS--') ? 'germany-elmo2eds' : file.slice(0, -'.xml'.length)

// Each golden file was checked by a person who read the sample beside it; docs/elmo.md shows what was found.
describeWithShared(describe, 'explainResults on the samples of the peers', (shared) => {
  const samples = join(shared, 'elmo/corpus/peers')
  const sampleFiles = (): string[] => readdirSync(samples).filter((file) => file.endsWith('.xml'))
  const sample = (name: string): Uint8Array => {
    const file = sampleFiles().find((one) => goldenNameOf(one) === name)
    if (file === undefined) throw new Error(`no sample for the golden file ${name}`)
    return readFileSync(join(samples, file))
  }

  it('has a golden file for every sample', () => {
    expect(sampleFiles().map(goldenNameOf).sort()).toEqual([...goldenNames].sort())
  })

  it.each(goldenNames)('gives the sums, codes and statuses of %s', (name) => {
    expect(explainedOutline(readElmo(sample(name)))).toEqual(JSON.parse(goldenText(name)))
  })

  it('has golden files that hold nothing of a learner', () => {
    for (const name of goldenNames) {
      const { givenNames, familyName, bday, identifier = [] } = readElmo(sample(name)).elmo.learner
      const personal = [givenNames, familyName, bday ?? '', ...identifier.map(({ value }) => value)]
      // One digit, as a sample has it for a student's number, stands in any golden file.
      const told = personal.filter((text) => text.trim().length > 1 && goldenText(name).includes(text))
      expect({ name, told: told.length }).toEqual({ name, told: 0 })
    }
  })
})
