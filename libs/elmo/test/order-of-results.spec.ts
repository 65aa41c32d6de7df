import { creditSums } from '../src/meaning/credit-sum.js'
import type { Elmo, LearningOpportunitySpecification } from '../src/model.js'
import { randomFrom } from './oracle/mutate.js'

type Random = ReturnType<typeof randomFrom>
const pick = <T>(random: Random, from: readonly T[]): T => from[random(from.length)]!

const dates = [undefined, undefined, '2024-06-01', '2025-06-01']
const terms = [
  undefined,
  undefined,
  { start: '2025-01-01', end: '2025-06-30' },
  { start: '2025-08-01', end: '2025-12-31' },
]
const types = ['Degree Programme', 'Module', 'Course', 'Course', 'Course', 'Class', undefined]

/** A result that may contradict another of its code in everything. */
function someResult(random: Random, depth: number): LearningOpportunitySpecification {
  const code = pick(random, [undefined, 'A', 'A', 'B'])
  const value = pick(random, [undefined, '0', '5', '7', '30'])
  const term = pick(random, terms)
  const given = {
    type: pick(random, types),
    ...(code && { identifier: [{ type: 'local', value: code }] }),
    title: [{ value: pick(random, ['Algebra', 'Algebra', 'Analysis']), lang: pick(random, ['en', 'sv']) }],
  }
  const parts = Array.from({ length: depth > 2 ? 0 : random(4) }, () => someResult(random, depth + 1))
  return {
    ...given,
    instance: {
      date: pick(random, dates),
      ...(term && { academicTerm: { title: [{ value: 'term' }], ...term } }),
      status: pick(random, [undefined, undefined, 'passed', 'passed', 'failed', 'in-progress']),
      resultLabel: pick(random, [undefined, undefined, 'G', 'VG', 'U']),
      ...(value && { credit: [{ scheme: 'ects', value }] }),
    },
    ...(parts.length > 0 && { parts }),
  }
}

const shuffled = <T>(random: Random, list: readonly T[]): T[] =>
  list
    .map((each) => [random(2 ** 31), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each)

const inAnotherOrder = (
  random: Random,
  results: readonly LearningOpportunitySpecification[],
): LearningOpportunitySpecification[] =>
  shuffled(random, results).map((result) =>
    result.parts === undefined ? result : { ...result, parts: inAnotherOrder(random, result.parts) },
  )

const uni = { type: 'schac', value: 'uni.example' }

/** Everything of one institution, in as many reports as there are lists. */
const documentOf = (
  results: readonly LearningOpportunitySpecification[][],
  recognitionResult: LearningOpportunitySpecification[],
): Elmo => ({
  generatedDate: '2026-03-02T09:30:00Z',
  learner: { givenNames: 'Ada', familyName: 'Lind' },
  reports: results.map((list, index) => ({
    issuer: { identifier: [uni], title: [], url: '', country: 'SE' },
    issueDate: '2026-03-02T09:30:00Z',
    learningOpportunitySpecification: list,
    resultOfRecognition: index > 0 ? [] : [{ status: 'Positive', recognitionBasis: [], recognitionResult }],
  })),
})

describe('the order of results', () => {
  it('changes no sum, however the results contradict one another', () => {
    for (let seed = 0; seed < 1000; seed += 1) {
      const random = randomFrom(seed)
      const some = (most: number, depth: number) =>
        Array.from({ length: random(most + 1) }, () => someResult(random, depth))
      const [first, second, decided] = [some(4, 0), some(2, 1), some(2, 2)]
      const again = (list: readonly LearningOpportunitySpecification[]) => inAnotherOrder(random, list)
      const sums = creditSums(documentOf([first, second], decided), { home: uni })
      const others = creditSums(documentOf([again(second), again(first)], again(decided)), { home: uni })
      expect({ seed, ...others }).toEqual({ seed, ...sums })
    }
  })
})
