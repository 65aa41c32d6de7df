import { goldenElmo } from '../../test/golden.js'
import { releases, type Release } from '../grammar/releases.js'
import type { Elmo, LearningOpportunityInstance, LearningOpportunitySpecification } from '../model.js'
import { readElmo } from './read-elmo.js'
import { validateElmo } from './validate-elmo.js'
import { writeElmo } from './write-elmo.js'

/** The biggest document we know, with one thing changed. */
function problemsAfter(change: (elmo: Elmo, los: LearningOpportunitySpecification) => void): string[] {
  const elmo = goldenElmo('maximal')
  change(elmo, elmo.reports[0]?.learningOpportunitySpecification?.[0] as LearningOpportunitySpecification)
  return validateElmo(elmo).map(({ rule, path }) => `${rule} ${path}`)
}

const report = '/elmo/report[1]'
const los = `${report}/learningOpportunitySpecification[1]`
const loi = `${los}/specifies/learningOpportunityInstance`
const supplement = `${loi}/diplomaSupplement`

const breaks: [string, string, (elmo: Elmo, los: LearningOpportunitySpecification) => void][] = [
  ['no report', 'GRAMMAR-MISSING /elmo', (elmo) => (elmo.reports = [])],
  ['no title', `GRAMMAR-MISSING ${los}`, (_, at) => (at.title = [])],
  ['no instance', `GRAMMAR-MISSING ${los}/specifies`, (_, at) => delete (at as { instance?: unknown }).instance],
  [
    'five address lines',
    'GRAMMAR-TOO-MANY /elmo/learner/currentAddress',
    (elmo) => (elmo.learner.currentAddress = { addressLine: ['1', '2', '3', '4', '5'] }),
  ],
  [
    'both forms of address',
    'GRAMMAR-CHOICE /elmo/learner/currentAddress',
    (elmo) => (elmo.learner.currentAddress = { addressLine: ['1'], unit: '2' }),
  ],
  [
    'a country ELMO does not know',
    'GRAMMAR-VALUE /elmo/learner/citizenship',
    (elmo) => (elmo.learner.citizenship = 'XK'),
  ],
  [
    'an address country in small letters',
    'GRAMMAR-VALUE /elmo/learner/currentAddress/country',
    (elmo) => (elmo.learner.currentAddress = { country: 'no' }),
  ],
  ['an unknown gender', 'GRAMMAR-VALUE /elmo/learner/gender', (elmo) => (elmo.learner.gender = '3')],
  ['a date as people write it', 'GRAMMAR-VALUE /elmo/learner/bday', (elmo) => (elmo.learner.bday = '05.06.1989')],
  ['a time without seconds', 'GRAMMAR-VALUE /elmo/generatedDate', (elmo) => (elmo.generatedDate = '2026-03-02T09:30Z')],
  [
    'a decimal comma',
    `GRAMMAR-VALUE ${loi}/credit[1]/value`,
    (_, at) => (at.instance.credit = [{ scheme: 'ects', value: '7,5' }]),
  ],
  ['a type nobody knows', `GRAMMAR-ENUM ${los}/type`, (_, at) => (at.type = 'Thesis')],
  ['a status in capitals', `P-CASE ${loi}/status`, (_, at) => (at.instance.status = 'PASSED')],
  [
    'half a student',
    `GRAMMAR-VALUE ${loi}/resultDistribution/category[1]/@count`,
    (_, at) => (at.instance.resultDistribution = { category: [{ label: 'A', count: '0.5' }] }),
  ],
  [
    'a language with an underscore',
    `GRAMMAR-VALUE ${los}/title[1]/@lang`,
    (_, at) => (at.title = [{ value: 'x', lang: 'en_US' }]),
  ],
  [
    'a section named by a letter',
    `GRAMMAR-VALUE ${supplement}/section[1]/@number`,
    (_, at) => (at.instance.diplomaSupplement!.section[0]!.number = 'A'),
  ],
  ['a control character', `GRAMMAR-CHARACTER ${loi}/resultLabel`, (_, at) => (at.instance.resultLabel = 'B\u0000')],
  ['half a surrogate pair', `GRAMMAR-CHARACTER ${loi}/resultLabel`, (_, at) => (at.instance.resultLabel = '\uD83D')],
  ['raw XML that does not close', 'GRAMMAR-RAW /elmo/extension', (elmo) => (elmo.extension = ['<x xmlns="urn:x">'])],
  [
    'raw XML that closes what it did not open',
    `GRAMMAR-RAW ${supplement}/introduction`,
    (_, at) => (at.instance.diplomaSupplement!.introduction = '</content><content>'),
  ],
  ['an extension without a namespace', 'GRAMMAR-EXTENSION /elmo/extension', (elmo) => (elmo.extension = ['<x/>'])],
  [
    'a signature that is none',
    `GRAMMAR-SIGNATURE ${supplement}/Signature`,
    (_, at) => (at.instance.diplomaSupplement!.signature = `<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>`),
  ],
  [
    'something known but wrong in an extension',
    'GRAMMAR-VALUE /elmo/extension',
    (elmo) => (elmo.extension = ['<x:a xmlns:x="urn:x"><b xml:lang="en_US"/></x:a>']),
  ],
  [
    'an attribute that cannot be written',
    'GRAMMAR-RAW /elmo',
    (elmo) => (elmo.extensionAttributes = [{ name: 'a b', namespace: '', value: '' }]),
  ],
  ['a property nobody reads', `GRAMMAR-UNKNOWN-PROPERTY ${los}`, (_, at) => ((at as { titel?: string }).titel = 'x')],
  [
    'a number where text belongs',
    `GRAMMAR-SHAPE ${loi}/credit[1]/value`,
    (_, at) => (at.instance.credit = [{ scheme: 'ects', value: 7.5 as never }]),
  ],
  ['one where a list belongs', `GRAMMAR-SHAPE ${los}`, (_, at) => (at.title = { value: 'x' } as never)],
  ['a missing list in a list', `GRAMMAR-SHAPE ${los}/title[1]`, (_, at) => (at.title = [null as never])],
]

describe('validateElmo', () => {
  it.each(breaks)('finds %s: %s', (_, problem, change) => {
    expect(problemsAfter(change)).toEqual([problem])
  })

  it('judges by the release that is asked for', () => {
    const elmo = goldenElmo('minimal')
    const rules = (release: Release): string[] =>
      validateElmo(elmo, release).map(({ rule, path, message }) => `${rule} ${path} ${message}`)
    expect(rules('1.0.0')).toEqual([])
    expect(rules('2.0.0')).toEqual(['GRAMMAR-MISSING /elmo/learner the element "alternativeName" is missing'])
    elmo.learner = { ...elmo.learner, alternativeName: { value: '' }, bday: '2000-02-29', citizenship: 'NO' }
    expect(rules('2.0.0')).toEqual([
      'GRAMMAR-RELEASE /elmo/learner the element "bday" is known in ELMO 1.0.0 to 1.7.0, 2.1.1 only',
    ])
    expect(rules('2.1.1')).toEqual(['GRAMMAR-MISSING /elmo/learner/citizenship the attribute "type" is missing'])
    expect(rules('1.7.0')).toEqual([
      'GRAMMAR-RELEASE /elmo/learner the element "alternativeName" is known in ELMO 2.0.0 and later only',
    ])
  })

  it('tells with each problem which releases it breaks', () => {
    const elmo = goldenElmo('maximal')
    elmo.attachments = [{ type: 'Certificate of Enrolment' }]
    expect(validateElmo(elmo)).toMatchObject([{ releases: releases.filter((each) => each !== '2.1.1') }])
  })

  it('finds every problem, not only the first', () => {
    const found = problemsAfter((elmo, at) => {
      elmo.learner.gender = 'x'
      at.type = 'Thesis'
    })
    expect(found).toEqual(['GRAMMAR-VALUE /elmo/learner/gender', `GRAMMAR-ENUM ${los}/type`])
  })

  it('takes documents as deep as readers do, and no deeper', () => {
    let instance: LearningOpportunityInstance = {}
    const nested = (levels: number): LearningOpportunitySpecification => ({
      title: [{ value: 'x' }],
      instance: levels > 1 ? {} : instance,
      ...(levels > 1 && { parts: [nested(levels - 1)] }),
    })
    const elmo = goldenElmo('minimal')
    const deepest = (levels: number): string[] => {
      elmo.reports[0]!.learningOpportunitySpecification = [nested(levels)]
      return [...new Set(validateElmo(elmo).map(({ rule }) => rule))]
    }
    // Two elements above the first level, two for each level, two for the instance of the last: 63 of 64.
    expect(deepest(30)).toEqual([])
    expect(() => readElmo(writeElmo(elmo))).not.toThrow()
    expect(deepest(31)).toEqual(['GRAMMAR-DEPTH'])
    // The 64th holds the 65th, which is a text.
    instance = { credit: [{ scheme: 'ects', value: '5' }] }
    expect(deepest(30)).toEqual(['GRAMMAR-DEPTH'])
  })

  it('comes to an end with a document that does not', () => {
    const found = problemsAfter((_, at) => (at.parts = [at]))
    expect(found.length).toBeGreaterThan(0)
    expect(found.filter((line) => !line.startsWith('GRAMMAR-DEPTH'))).toEqual([])
  })

  it('quotes no value', () => {
    const elmo = goldenElmo('maximal')
    elmo.learner.bday = 'Prøve'
    elmo.learner.gender = 'Prøve'
    elmo.extension = ['<Prøve>']
    const problems = validateElmo(elmo)
    expect(problems).toHaveLength(3)
    expect(JSON.stringify(problems)).not.toContain('Prøve')
  })
})
