import fc from 'fast-check'
import { convertElmo } from '../src/convert/convert-elmo.js'
import { checkElm } from '../src/convert/elm/check-elm.js'
import { fromElm } from '../src/convert/elm/from-elm.js'
import { toElm, type ElmOptions } from '../src/convert/elm/to-elm.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import type { Elmo, LearningOpportunitySpecification } from '../src/model.js'
import { elmOptions, elmRoundTrip, withoutFiles } from './elm-round-trip.js'
import { ElmoError } from '../src/elmo-error.js'
import { elmoArbitraryOf } from './elmo-arbitrary.js'
import { goldenElmo } from './golden.js'

const seed = 20260302
const numRuns = process.env['EMREX_LONG_TESTS'] === '1' ? 2000 : 20

/** With values that the vocabularies of the EU know, in some of the results. */
function withKnownValues(elmo: Elmo): Elmo {
  let index = 0
  const visit = (los: LearningOpportunitySpecification): void => {
    const { instance } = los
    if (index++ % 2 === 0) {
      instance.level?.forEach((level, at) => Object.assign(level, { type: at === 1 ? 'NQF' : 'EQF', value: '6' }))
      if (instance.languageOfInstruction !== undefined)
        instance.languageOfInstruction = ['no', 'EN', 'sv-FI'][index % 3]
      if (instance.credit?.[0] !== undefined) instance.credit[0].scheme = index % 3 === 0 ? 'ECTS' : 'ects'
      if (los.iscedCode !== undefined) los.iscedCode = '0613'
    }
    los.parts?.forEach(visit)
  }
  for (const { learningOpportunitySpecification: list = [] } of elmo.reports) list.forEach(visit)
  return elmo
}

describe('toElm and fromElm', () => {
  it.each(['1.7.0', '2.1.1'] as const)('give a document of %s back but for what they name', (release) => {
    const property = fc.property(elmoArbitraryOf(release), (given) => {
      const elmo = withKnownValues(withoutFiles(given))
      const before = JSON.stringify(elmo)
      const { elmo: read, unnamed, unread } = elmRoundTrip(elmo)
      expect(JSON.stringify(elmo)).toBe(before)
      expect(unread).toEqual([])
      expect(unnamed).toEqual([])
      expect(validateElmo(read, '2.1.1')).toEqual([])
      expect(validateElmo(convertElmo(read, release).elmo, release)).toEqual([])
    })
    fc.assert(property, { seed, numRuns })
  })

  it('leave nothing in a credential that the profile refuses, but what they name as missing', () => {
    const property = fc.property(elmoArbitraryOf('2.1.1'), fc.constantFrom('report', 'document'), (elmo, per) => {
      const { credentials, losses } = toElm(elmo, { ...elmOptions, per } as ElmOptions)
      const missing = losses.filter(({ what }) => what === 'missing').map(({ path }) => path)
      const problems = credentials.flatMap((credential, index) =>
        checkElm(JSON.parse(JSON.stringify(credential))).map(({ path }) => `/credentials/${index}${path}`),
      )
      expect([...new Set(problems)]).toEqual(missing)
      expect(fromElm(credentials)).toEqual(fromElm(JSON.stringify(credentials)))
    })
    fc.assert(property, { seed, numRuns })
  })

  it('meet nothing in a mangled credential but what they refuse by a code, and give a document that is valid or says why', () => {
    const [golden] = toElm(goldenElmo('maximal'), elmOptions).credentials
    const odd = fc.constantFrom<unknown>(null, 7, '', 'x', [], {}, [[]], { en: 1 }, [null], { id: 1, type: 2 }, true)
    const property = fc.property(
      fc.array(fc.tuple(fc.nat(100_000), odd), { minLength: 1, maxLength: 5 }),
      (changes) => {
        const credential = JSON.parse(JSON.stringify(golden)) as Record<string, unknown>
        for (const [at, value] of changes) {
          const places: [Record<string, unknown>, string][] = []
          const visit = (node: unknown): void => {
            if (typeof node !== 'object' || node === null) return
            for (const [key, below] of Object.entries(node)) {
              places.push([node as Record<string, unknown>, key])
              visit(below)
            }
          }
          visit(credential)
          const [node, key] = places[at % places.length] ?? [credential, 'type']
          node[key] = structuredClone(value)
        }
        try {
          const { elmo, losses } = fromElm(credential)
          const problems = validateElmo(elmo, '2.1.1')
          const isNamed = losses.some(({ code }) => code === 'TEXT_EMPTY')
          expect(isNamed ? [] : problems).toEqual([])
        } catch (error) {
          if (!(error instanceof ElmoError)) throw error
        }
      },
    )
    fc.assert(property, { seed, numRuns: numRuns * 20 })
  })
})
