import fc from 'fast-check'
import { DocumentWriting, isWrittenWithoutDoubt } from '../src/document/document-writing.js'
import { findProblems } from '../src/document/find-problems.js'
import { releases, type Release } from '../src/grammar/releases.js'
import type { Elmo } from '../src/model.js'
import { elmoArbitraryOf } from './elmo-arbitrary.js'

const seed = 20260302
const long = process.env.EMREX_LONG_TESTS === '1'

type Holder = Record<string | number, unknown>

/** Every object and list of a model. */
function holdersOf(value: unknown): Holder[] {
  if (typeof value !== 'object' || value === null) return []
  return [value as Holder, ...Object.values(value).flatMap(holdersOf)]
}

/** A copy of objects of this program's own: what a copy by the platform is may be foreign in a test. */
const own = (elmo: Elmo): Elmo => JSON.parse(JSON.stringify(elmo)) as Elmo

/** As a model of this program; with content of any kind, which is always doubtful, only where it is wanted. */
const modelOf = (release: Release, depth: number, takesAny = false): fc.Arbitrary<Elmo> =>
  elmoArbitraryOf(release, depth).map((elmo) => {
    for (const holder of takesAny ? [] : holdersOf(elmo)) for (const key of ['raw', 'attributes']) delete holder[key]
    return own(elmo)
  })

const oddValues: unknown[] = [
  ...['', ' ', 'x', 'EN', 'en_US', '2024-02-30', '7,5', 'XK', 'passed', 'Passed', 'ISO', '0'],
  ...['\u0000', 'a\ud800', '\ufffe', '\t&<>"\r\n', '  a  b ', 'a'.repeat(5000), `${'é'.repeat(5000)}\u0001`],
  ...[null, 7, true, {}, [], [null], [''], { value: 'x' }, [{ value: 'x' }], { value: 'x', lang: '??' }],
  ...['<x xmlns="urn:x"/>', '<x/>', ['<x xmlns="urn:x">'], ['<x/>', '<y xmlns="urn:y"/>']],
  ...[undefined, ['1', '2', '3', '4', '5'], ['x', 'y']],
]
const names = [
  'value',
  'lang',
  'type',
  'unknown',
  'attributes',
  'raw',
  'addressLine',
  'unit',
  'alternativeName',
  'extension',
  'extensionAttributes',
  'introduction',
  'country',
]

/** One value put somewhere else in a model than where it was right, or in the place of another. */
const mutantOf = (release: Release): fc.Arbitrary<Elmo> =>
  fc
    .tuple(
      fc.oneof(modelOf(release, 6), modelOf(release, 6, true)),
      fc.nat(),
      fc.nat(),
      fc.constantFrom(...oddValues),
      fc.boolean(),
      fc.nat(),
    )
    .map(([original, which, key, value, isAdded, name]) => {
      const model = own(original)
      const holders = holdersOf(model)
      const holder = holders[which % holders.length] as Holder
      const keys = Object.keys(holder)
      const given = isAdded || keys.length === 0 ? names[name % names.length] : keys[key % keys.length]
      if (Array.isArray(holder) && isAdded) holder.push(holder[0] ?? value)
      else holder[given as string] = value
      return model
    })

describe('what is written without a doubt', () => {
  it.each(releases)('is valid in %s, whatever stands where it must not', (release) => {
    const mutants = fc.sample(mutantOf(release), { seed, numRuns: long ? 3000 : 100 })
    let [written, refused] = [0, 0]
    for (const mutant of mutants) {
      const problems = findProblems(mutant, release)
      if (problems.length > 0) refused++
      if (!isWrittenWithoutDoubt(mutant, release)) continue
      written++
      expect(problems).toEqual([])
    }
    expect(written).toBeGreaterThan(mutants.length / 20)
    expect(refused).toBeGreaterThan(mutants.length / 4)
  })

  it('is no address in two forms', () => {
    const [elmo] = fc.sample(modelOf('1.7.0', 3), { seed, numRuns: 1 }) as [Elmo]
    const isSure = (currentAddress: object): boolean =>
      isWrittenWithoutDoubt({ ...elmo, learner: { ...elmo.learner, currentAddress } }, '1.7.0')
    expect([{ addressLine: ['1'] }, { unit: '2' }, { addressLine: ['1'], unit: '2' }].map(isSure)).toEqual([
      true,
      true,
      false,
    ])
  })

  it('is nearly everything that is valid: all but content of any kind', () => {
    for (const release of releases) {
      const models = fc.sample(modelOf(release, 5), { seed, numRuns: 15 })
      expect(models.filter((each) => !isWrittenWithoutDoubt(each, release))).toEqual([])
    }
  })

  it.each([
    ['of a class', (fields: object) => Object.assign(Object.create({ unknown: 'x' }), fields) as object],
    [
      'whose properties are not listed',
      (fields: object) => {
        const hidden = Object.create({}) as object
        for (const [name, value] of Object.entries(fields)) Object.defineProperty(hidden, name, { value })
        return hidden
      },
    ],
  ])('says the same of an object %s', (_, change) => {
    const [elmo] = fc.sample(modelOf('1.7.0', 3), { seed, numRuns: 1 }) as [Elmo]
    const changed = { ...elmo, learner: change(elmo.learner) } as Elmo
    const textOf = (model: Elmo): string =>
      new DocumentWriting('1.7.0', model).pieces.map((piece) => Buffer.from(piece as string).toString()).join('')
    expect(textOf(changed)).toBe(textOf(elmo))
    expect(findProblems(changed, '1.7.0')).toEqual([])
  })
})
