import type { Elmo, LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import fc from 'fast-check'
import { extractFields, fieldProfiles, resultFields, type ResultField } from '../../src/api/result-fields.js'

const runs = process.env['EMREX_LONG_TESTS'] === undefined ? 300 : 20_000

/** Texts that say what they are, each one once: `«course-title 7»`. */
class Marks {
  private count = 0
  text = (kind: string): string => `«${kind} ${++this.count}»`
  /** A day of a century that tells what it is the day of. */
  day = (century: number): string => `${century}${String((++this.count % 90) + 10)}-03-04`
}

const centuries = { learner: 19, degree: 20, course: 21 } as const
const types = ['Degree Programme', 'Module', 'Course', undefined] as const
interface Tree {
  readonly type: (typeof types)[number]
  readonly status: 'passed' | 'failed' | 'in-progress' | undefined
  readonly parts: readonly Tree[]
}
const treeOf = (depth: number): fc.Arbitrary<Tree> =>
  fc.record({
    type: fc.constantFrom(...types),
    status: fc.constantFrom('passed' as const, 'failed' as const, 'in-progress' as const, undefined),
    parts: depth === 0 ? fc.constant([]) : fc.array(treeOf(depth - 1), { maxLength: 2 }),
  })
const tree = treeOf(2)

function specification({ type, status, parts }: Tree, marks: Marks): LearningOpportunitySpecification {
  const kind = type === 'Degree Programme' ? 'degree' : 'course'
  const english = { value: marks.text(`${kind}-title`), lang: 'en' }
  return {
    identifier: [{ type: 'local', value: marks.text('code') }],
    title: [english, { value: marks.text('other-title'), lang: 'fi' }],
    ...(type === undefined ? {} : { type }),
    subjectArea: marks.text('subject'),
    url: marks.text('url'),
    description: [{ value: marks.text('description'), lang: 'en' }],
    instance: {
      ...{ date: marks.day(centuries[kind]), resultLabel: marks.text('grade') },
      ...(status === undefined ? {} : { status }),
      credit: [{ scheme: 'ects', value: '7' }],
      level: [{ type: 'EQF', value: kind === 'degree' ? '7' : '4' }],
      languageOfInstruction: marks.text('language'),
    },
    parts: parts.map((part) => specification(part, marks)),
  }
}

/** A document in which every text is marked, personal and unusual parts among them. */
function documentOf(trees: readonly (readonly Tree[])[], marks: Marks): Elmo {
  return {
    generatedDate: '2026-11-02T10:00:00Z',
    learner: {
      ...{ givenNames: marks.text('name'), familyName: marks.text('name'), bday: marks.day(centuries.learner) },
      ...{ birthName: marks.text('birth-name'), placeOfBirth: marks.text('place'), citizenship: marks.text('citizen') },
      ...{ gender: marks.text('gender'), currentAddress: { addressLine: [marks.text('address')] } },
      identifier: [{ type: 'nationalIdentifier', value: marks.text('number') }],
    },
    reports: trees.map((list) => ({
      issuer: {
        ...{ country: 'NO', url: marks.text('issuer-url') },
        identifier: [{ type: 'schac', value: marks.text('issuer-id') }],
        title: [{ value: marks.text('institution'), lang: 'en' }],
      },
      learningOpportunitySpecification: list.map((one) => specification(one, marks)),
      issueDate: '2026-11-02T10:00:00Z',
      attachment: [
        {
          title: [{ value: marks.text('attachment'), lang: 'en' }],
          content: [{ value: Buffer.from(marks.text('attachment')).toString('base64') }],
        },
      ],
    })),
    attachments: [{ title: [{ value: marks.text('attachment'), lang: 'en' }], content: [{ value: 'YWJj' }] }],
    extension: [`<x xmlns="urn:x">${marks.text('extension')}</x>`],
  }
}

/** What each field lets out: kinds of marked texts, centuries of days, and members of the answer. */
const lets: Record<ResultField, { readonly texts: string[]; readonly days: number[]; readonly members: string[] }> = {
  'learner-name': { texts: ['name'], days: [], members: ['learner', 'learner.givenNames', 'learner.familyName'] },
  'learner-birth-date': { texts: [], days: [centuries.learner], members: ['learner', 'learner.birthDate'] },
  institution: {
    ...{ texts: ['institution'], days: [] },
    members: [
      'institutions',
      'institutions.name',
      'institutions.country',
      'degrees.institution',
      'results.institution',
    ],
  },
  'degree-title': { texts: ['degree-title'], days: [], members: ['degrees', 'degrees.title'] },
  'degree-level': { texts: [], days: [], members: ['degrees', 'degrees.level'] },
  'degree-date': { texts: [], days: [centuries.degree], members: ['degrees', 'degrees.date'] },
  'credits-total': { texts: [], days: [], members: ['credits', 'credits.ects'] },
  results: {
    ...{ texts: ['degree-title', 'course-title', 'code', 'grade'], days: [centuries.degree, centuries.course] },
    members: ['title', 'code', 'type', 'ects', 'grade', 'date', 'status', 'partOf'].map((name) => `results.${name}`),
  },
  document: { texts: [], days: [], members: [] },
}

const fieldLists = fc.subarray([...resultFields], { minLength: 1 })
const trees = fc.array(fc.array(tree, { maxLength: 3 }), { minLength: 1, maxLength: 3 })

describe('extractFields', () => {
  it('lets out what the listed fields name and nothing else, whatever the document holds', () => {
    let leaked = 0
    fc.assert(
      fc.property(trees, fieldLists, (lists, fields) => {
        const text = JSON.stringify(extractFields(documentOf(lists, new Marks()), fields, ['en']))
        const allowed = (what: 'texts' | 'days') => new Set(fields.flatMap((field): unknown[] => lets[field][what]))
        const kinds = [...text.matchAll(/«([a-z-]+) \d+»/g)].map(([, kind]) => kind)
        const days = [...text.matchAll(/"(\d\d)\d\d-03-04"/g)].map(([, century]) => Number(century))
        leaked += kinds.length + days.length
        expect(kinds.filter((kind) => !allowed('texts').has(kind))).toEqual([])
        expect(days.filter((century) => !allowed('days').has(century))).toEqual([])
      }),
      { numRuns: runs, seed: 20261127 },
    )
    // The texts that it looks for do come.
    expect(leaked).toBeGreaterThan(runs)
  })

  it('has no member that no listed field names', () => {
    fc.assert(
      fc.property(trees, fieldLists, (lists, fields) => {
        const read = extractFields(documentOf(lists, new Marks()), fields, ['en'])
        const allowed = new Set(['results', ...fields.flatMap((field) => lets[field].members)])
        if (!fields.includes('results')) allowed.delete('results')
        for (const [name, value] of Object.entries(read)) {
          expect(allowed).toContain(name)
          for (const one of Array.isArray(value) ? (value as object[]) : [value as object])
            for (const member of Object.keys(one)) expect(allowed).toContain(`${name}.${member}`)
        }
      }),
      { numRuns: runs, seed: 20261128 },
    )
  })

  it('leaves out nothing that is listed and there', () => {
    fc.assert(
      fc.property(trees, (lists) => {
        const marks = new Marks()
        const elmo = documentOf(lists, marks)
        const read = extractFields(elmo, fieldProfiles['whole-transcript'], ['en'])
        expect(read.learner).toEqual({
          ...{ givenNames: elmo.learner.givenNames, familyName: elmo.learner.familyName },
          birthDate: elmo.learner.bday,
        })
        const count = (list: readonly Tree[]): number => list.reduce((sum, { parts }) => sum + 1 + count(parts), 0)
        expect(read.results).toHaveLength(lists.reduce((sum, list) => sum + count(list), 0))
        expect(read.institutions).toHaveLength(lists.length)
        for (const { institution } of read.results!) expect(read.institutions![institution!]).toBeDefined()
      }),
      { numRuns: runs, seed: 20261129 },
    )
  })

  it('calls nothing a degree that was not passed', () => {
    const of = (status: Tree['status']) => documentOf([[{ type: 'Degree Programme', status, parts: [] }]], new Marks())
    const degrees = (status: Tree['status']) => extractFields(of(status), ['degree-title'], ['en']).degrees
    expect(degrees('passed')).toHaveLength(1)
    expect([degrees('failed'), degrees('in-progress')]).toEqual([[], []])
  })
})
