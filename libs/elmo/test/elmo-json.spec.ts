import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describeWithShared } from '@emrex-gateway/testing'
import { ElmoError } from '../src/elmo-error.js'
import { readElmo } from '../src/document/read-elmo.js'
import { releases } from '../src/grammar/releases.js'
import { fromJson, toJson } from '../src/json/elmo-json.js'
import type { Elmo } from '../src/model.js'
import { elmoArbitraryOf } from './elmo-arbitrary.js'
import { goldenElmo, goldenNames } from './golden.js'
import { corpusElements } from './oracle/elmo-elements.js'

/** Through text and back, as it would travel. */
const roundTrip = (elmo: Elmo): Elmo => fromJson(JSON.parse(JSON.stringify(toJson(elmo))))

function problemsOf(json: unknown): readonly string[] {
  try {
    fromJson(json)
  } catch (error) {
    if (!(error instanceof ElmoError) || error.code !== 'ELMO_INVALID') throw error
    expect(error.details.path).toBe(error.details.problems?.[0]?.path)
    return error.details.problems?.map(({ rule, path }) => `${rule} ${path}`) ?? []
  }
  return []
}

interface LooseJson {
  [property: string]: unknown
  readonly learner: Record<string, unknown>
  readonly reports: Record<string, unknown>[]
}

const minimal = (): LooseJson =>
  JSON.parse(JSON.stringify(toJson(goldenElmo('minimal'), { release: '1.7.0' }))) as LooseJson

describe('toJson and fromJson', () => {
  it.each(goldenNames)('lose nothing of %s', (name) => {
    expect(roundTrip(goldenElmo(name))).toEqual(goldenElmo(name))
  })

  it.each(releases)('lose nothing of documents of %s', (release) => {
    const file = fileURLToPath(new URL(`../testdata/releases/${release}.xml`, import.meta.url))
    const { elmo } = readElmo(readFileSync(file), { keepSignature: true })
    for (const each of [elmo, ...fc.sample(elmoArbitraryOf(release, 7), { seed: 9, numRuns: 25 })]) {
      expect(roundTrip(each)).toStrictEqual(each)
    }
  })

  it('give a head, and the model beside it', () => {
    const { learner, reports, generatedDate } = goldenElmo('minimal')
    expect(toJson(goldenElmo('minimal'))).toEqual({ elmo: null, namespace: '', learner, reports, generatedDate })
    expect(toJson(goldenElmo('minimal'), { release: '2.1.1' })).toMatchObject({
      elmo: '2.1.1',
      namespace: 'https://github.com/emrex-eu/elmo-schemas/tree/v2',
    })
    expect(toJson(goldenElmo('minimal'), { namespace: 'urn:odd' })).toMatchObject({ elmo: null, namespace: 'urn:odd' })
  })

  it('give a copy, with long attachments that were not read before', () => {
    const value = `data:application/pdf;base64,${'A'.repeat(200_000)}`
    const xml = `<elmo xmlns="https://github.com/emrex-eu/elmo-schemas/tree/v1"><attachment><content>${value}</content></attachment></elmo>`
    const { elmo } = readElmo(Buffer.from(xml))
    const json = toJson(elmo)
    expect(Object.getOwnPropertyDescriptor(json.attachments?.[0]?.content?.[0], 'value')?.value === value).toBe(true)
    json.learner.givenNames = 'changed'
    expect(elmo.learner.givenNames).toBe('')
  })

  it('name every place that is not what the types say, with a JSON pointer, and no value', () => {
    const json = minimal()
    expect(problemsOf(json)).toEqual([])
    json['elmo'] = '1.7'
    delete json['namespace']
    json.learner['familyName'] = 7
    json.learner['Berta'] = 'Berta'
    json.reports.push({ issuer: null, issueDate: 'x', learningOpportunitySpecification: [{ title: 'Berta' }] })
    json['attachments'] = [{ content: [{ value: '', attributes: [{ name: 'Berta' }] }], extensionAttributes: {} }]
    json['groups'] = [{ id: null, title: [] }]
    json['extension'] = [['Berta']]
    json['__proto__'] = {}
    const rules = problemsOf(json)
    expect(rules).toEqual([
      'GRAMMAR-UNKNOWN-PROPERTY /learner',
      'GRAMMAR-SHAPE /learner/familyName',
      'GRAMMAR-SHAPE /reports/1/issuer',
      'GRAMMAR-SHAPE /reports/1/learningOpportunitySpecification/0/title',
      'GRAMMAR-MISSING /reports/1/learningOpportunitySpecification/0',
      'GRAMMAR-SHAPE /attachments/0/content/0/attributes/0',
      'GRAMMAR-SHAPE /attachments/0/extensionAttributes',
      'GRAMMAR-SHAPE /groups/0/id',
      'GRAMMAR-SHAPE /extension/0',
      'GRAMMAR-VALUE /elmo',
      'GRAMMAR-SHAPE /namespace',
    ])
    expect(() => fromJson(json)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('Berta') }))
  })

  it.each([null, undefined, 7, 'x', [], {}])('refuse %j', (json) => {
    expect(problemsOf(json).length).toBeGreaterThan(2)
  })

  it('refuse what is nested without end, in JSON and in a model', () => {
    const json = minimal()
    const los = { title: [], instance: {}, parts: [] as unknown[] }
    los.parts.push(los, los)
    Object.assign(json.reports[0] ?? {}, { learningOpportunitySpecification: [los] })
    expect(problemsOf(json).some((line) => line.startsWith('GRAMMAR-DEPTH'))).toBe(true)
    expect(() => toJson(json as unknown as Elmo)).toThrow(expect.objectContaining({ code: 'ELMO_INVALID' }))
  })

  describeWithShared(describe, 'on the shared corpus', (shared) => {
    const corpus = join(shared, 'elmo/corpus')
    const edge = readdirSync(join(corpus, 'edge')).filter((name) => name.endsWith('.xml'))

    it('lose nothing of any document that can be read', () => {
      const documents = [
        ...corpusElements(corpus),
        ...edge.map((name) => ({ file: name, xml: readFileSync(join(corpus, 'edge', name)) })),
      ]
      const lost = documents.filter(({ xml }) => {
        try {
          const { elmo } = readElmo(xml, { keepSignature: true })
          return !isDeepStrictEqual(roundTrip(elmo), JSON.parse(JSON.stringify(elmo)))
        } catch (error) {
          if (error instanceof ElmoError && error.code !== 'ELMO_INVALID') return false
          throw error
        }
      })
      expect(lost.map(({ file }) => file)).toEqual([])
      expect(documents.length).toBeGreaterThan(250)
    })
  })
})
