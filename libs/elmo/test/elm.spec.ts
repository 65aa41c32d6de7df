import fc from 'fast-check'
import type { ConversionLoss } from '../src/convert/conversion-loss.js'
import { convertElmo } from '../src/convert/convert-elmo.js'
import { checkElm } from '../src/convert/elm/check-elm.js'
import { fromElm } from '../src/convert/elm/from-elm.js'
import { toElm, type ElmOptions } from '../src/convert/elm/to-elm.js'
import { validateElmo } from '../src/document/validate-elmo.js'
import type { Elmo, LearningOpportunitySpecification } from '../src/model.js'
import { elmoArbitraryOf } from './elmo-arbitrary.js'
import { unnamedDepartures } from './expect-survival.js'

const seed = 20260302
const numRuns = process.env['EMREX_LONG_TESTS'] === '1' ? 2000 : 25
const options: ElmOptions = { credentialId: (index) => `urn:credential:example-${index}` }

/** Where in a document of ELMO a place of its credentials is. */
const inElmo = (path: string): string =>
  path
    .replace(/^\/credentials\/(\d+)\/credentialSubject\/hasClaim/, '/reports/$1/learningOpportunitySpecification')
    .replaceAll('/hasPart/', '/parts/')

const placed = (losses: readonly ConversionLoss[]): ConversionLoss[] =>
  losses.map((loss) => {
    const path = loss.what === 'added' ? inElmo(loss.path) : loss.path
    return loss.kept === undefined ? { ...loss, path } : { ...loss, path, kept: inElmo(loss.kept) }
  })

/** Without attachments, which have a test of their own. */
function withoutFiles(elmo: Elmo): Elmo {
  const strip = (los: LearningOpportunitySpecification): void => {
    delete los.instance.diplomaSupplement
    los.parts?.forEach(strip)
  }
  const copy = structuredClone(elmo)
  // One date under two names is one date in a credential.
  if (copy.learner.bday !== undefined) copy.learner.dateOfBirth ??= copy.learner.bday
  delete copy.attachments
  for (const report of copy.reports) {
    delete report.attachment
    report.learningOpportunitySpecification?.forEach(strip)
  }
  return copy
}

/** As anyone gets it: through text. */
const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

describe('toElm and fromElm', () => {
  it.each(['1.7.0', '2.1.1'] as const)('give a document of %s back but for what they name', (release) => {
    const property = fc.property(elmoArbitraryOf(release).map(withoutFiles), (elmo) => {
      const before = JSON.stringify(elmo)
      const { credentials, losses } = toElm(elmo, options)
      expect(JSON.stringify(elmo)).toBe(before)
      const read = fromElm(JSON.stringify(credentials))
      // What our own credentials say beyond ELMO is how they are shown.
      const unread = read.losses.filter(({ what }) => what !== 'added').map(({ path }) => path)
      expect(unread).toEqual(credentials.map((_, index) => `/${index}/displayParameter`))
      const added = read.losses.filter(({ what }) => what === 'added')
      expect(unnamedDepartures(elmo, read.elmo, [...placed(losses), ...added])).toEqual([])
      expect(validateElmo(read.elmo, '2.1.1')).toEqual([])
      expect(fromElm(credentials)).toEqual(read)
      const home = convertElmo(read.elmo, release)
      expect(validateElmo(home.elmo, release)).toEqual([])
    })
    fc.assert(property, { seed, numRuns })
  })

  it('leave nothing in a credential that the profile refuses, but what they name as missing', () => {
    const property = fc.property(elmoArbitraryOf('2.1.1'), fc.constantFrom('report', 'document'), (elmo, per) => {
      const { credentials, losses } = toElm(elmo, { ...options, per } as ElmOptions)
      const missing = losses.filter(({ what }) => what === 'missing').map(({ path }) => path)
      const problems = credentials.flatMap((credential, index) =>
        checkElm(throughText(credential)).map(({ path }) => `/credentials/${index}${path}`),
      )
      expect([...new Set(problems)]).toEqual(missing)
    })
    fc.assert(property, { seed, numRuns })
  })
})
