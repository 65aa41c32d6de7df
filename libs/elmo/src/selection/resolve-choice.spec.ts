import type { Elmo, LearningOpportunitySpecification } from '../model.js'
import { resolveChoice, selectionPolicies, type SelectionPolicy } from './resolve-choice.js'

const node = (type: string, parts: LearningOpportunitySpecification[] = []): LearningOpportunitySpecification => ({
  title: [{ value: type }],
  type,
  instance: {},
  parts,
})

/** 0/0 degree > 0/0/0 module > two courses; 0/1 course > two classes; 1/0 module > degree > course. */
const elmo: Elmo = {
  generatedDate: '',
  learner: { givenNames: '', familyName: '' },
  reports: [
    [
      node('Degree Programme', [node('Module', [node('Course'), node('Course')]), node('Course')]),
      node('Course', [node('Class'), node('Class')]),
    ],
    [node('Module', [node('Degree Programme', [node('Course')])])],
  ].map((learningOpportunitySpecification) => ({
    issuer: { identifier: [], title: [], url: '' },
    issueDate: '',
    learningOpportunitySpecification,
  })),
}

const resolve = (ids: string[], policy: SelectionPolicy): string[] => [...resolveChoice(elmo, new Set(ids), policy)]

describe('resolveChoice', () => {
  it.each([
    ['pick', ['0/0/0/1'], ['0/0/0/1']],
    ['pick', ['1/0', '0/1/0'], ['0/1/0', '1/0']],
    ['pick', ['0/0/0', '0/0/0/0', '0/0/0/1'], ['0/0/0']],
    ['pick', ['0/1/0', '0/1/1'], ['0/1/0', '0/1/1']],
    ['whole-degree', ['0/0/0/1'], ['0/0']],
    ['whole-degree', ['0/0/1', '0/1/0'], ['0/0', '0/1/0']],
    ['whole-degree', ['0/1/0'], ['0/1/0']],
    ['whole-degree', ['1/0/0/0'], ['1/0/0/0']],
    ['everything', ['0/1/0'], ['0/0', '0/1', '1/0']],
    ['everything', [], ['0/0', '0/1', '1/0']],
  ] as const)('makes by %s of %j %j', (policy, ids, expected) => {
    expect(resolve([...ids], policy)).toEqual(expected)
  })

  it('knows a degree whose type is written in another case', () => {
    const [report] = elmo.reports
    const degree = node('Degree programme', [node('Course'), node('Course')])
    const other = { ...elmo, reports: [{ ...report!, learningOpportunitySpecification: [degree] }] }
    expect([...resolveChoice(other, new Set(['0/0/1']), 'whole-degree')]).toEqual(['0/0'])
  })

  it('refuses an empty choice where the policy adds nothing, and a document without results', () => {
    const refusal = expect.objectContaining({ code: 'ELMO_SELECTION' })
    expect(() => resolve([], 'pick')).toThrow(refusal)
    expect(() => resolve([], 'whole-degree')).toThrow(refusal)
    expect(() => resolveChoice({ ...elmo, reports: [] }, new Set(), 'everything')).toThrow(refusal)
  })

  it.each(selectionPolicies)('refuses an id that is no result, by %s too', (policy) => {
    for (const id of ['0/9', '0', '']) {
      expect(() => resolve(['0/1', id], policy)).toThrow(expect.objectContaining({ code: 'ELMO_SELECTION' }))
    }
  })
})
