import fc from 'fast-check'
import { completenessOf } from '../src/meaning/completeness.js'
import { listResults, type ResultNode } from '../src/meaning/list-results.js'
import type { Elmo, LearningOpportunitySpecification } from '../src/model.js'
import { resolveChoice, selectionPolicies } from '../src/selection/resolve-choice.js'
import { selectResults } from '../src/selection/select-results.js'

const seed = 20_260_302

const kinds = ['Degree Programme', 'Module', 'Course', 'Class']
const treeOf = (depth: number): fc.Arbitrary<LearningOpportunitySpecification> =>
  fc
    .tuple(
      fc.constantFrom(...kinds),
      depth === 0 ? fc.constant<LearningOpportunitySpecification[]>([]) : fc.array(treeOf(depth - 1), { maxLength: 3 }),
    )
    .map(([type, parts]) => ({ title: [{ value: 'Result' }], type, instance: {}, parts }))
const tree = treeOf(3)

const withParts = (node: ResultNode): ResultNode[] => [node, ...node.parts.flatMap(withParts)]
const nodesOf = (elmo: Elmo): ResultNode[] => listResults(elmo).flat().flatMap(withParts)

/** A document in which every result states other credits, and a choice of its results. */
const documents = fc
  .array(fc.array(tree, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((reports): Elmo => {
    const elmo: Elmo = {
      generatedDate: '2026-03-02T09:30:00Z',
      learner: { givenNames: 'Anna', familyName: 'Testsson' },
      reports: structuredClone(reports).map((learningOpportunitySpecification, index) => ({
        issuer: { identifier: [{ type: 'schac', value: `uni-${index}.example` }], title: [], url: '' },
        issueDate: '2026-03-02T09:30:00Z',
        learningOpportunitySpecification,
      })),
    }
    nodesOf(elmo).forEach(({ los }, index) => (los.instance = { credit: [{ scheme: 'ects', value: `${index + 1}` }] }))
    return elmo
  })
const choices = documents.chain((elmo) =>
  fc.record({
    elmo: fc.constant(elmo),
    chosen: fc.subarray(
      nodesOf(elmo).map(({ id }) => id),
      { minLength: 1 },
    ),
    policy: fc.constantFrom(...selectionPolicies),
    release: fc.constantFrom('1.7.0' as const, '2.1.1' as const),
  }),
)

const creditsOf = (nodes: readonly ResultNode[]): (string | undefined)[] =>
  nodes.flatMap(({ los }) => (los.instance.credit ?? []).map(({ value }) => value))

describe('what is left after a choice', () => {
  it('states the credits of what was chosen with its parts, and no others', () => {
    fc.assert(
      fc.property(choices, ({ elmo, chosen, policy, release }) => {
        const choice = new Set(chosen)
        const kept = resolveChoice(elmo, choice, policy)
        const expected = nodesOf(elmo)
          .filter(({ id }) => kept.has(id))
          .flatMap(withParts)
        expect(creditsOf(nodesOf(selectResults(elmo, choice, { policy, release })))).toEqual(creditsOf(expected))
      }),
      { seed, numRuns: 500 },
    )
  })

  it('says of each report whether something of it is missing, unless nothing is', () => {
    fc.assert(
      fc.property(choices, ({ elmo, chosen, policy, release }) => {
        const selected = selectResults(elmo, new Set(chosen), { policy, release })
        const sizes = new Map(
          elmo.reports.map(({ issuer }, index) => [issuer.identifier[0]?.value, countOf(elmo, index)]),
        )
        const lacks = selected.reports.map(
          ({ issuer }, index) => countCredits(selected, index) !== sizes.get(issuer.identifier[0]?.value),
        )
        expect(completenessOf(selected).map(({ extent }) => extent === 'selection')).toEqual(lacks)
      }),
      { seed, numRuns: 500 },
    )
  })
})

const countOf = (elmo: Elmo, report: number): number => (listResults(elmo)[report] ?? []).flatMap(withParts).length
const countCredits = (elmo: Elmo, report: number): number =>
  creditsOf((listResults(elmo)[report] ?? []).flatMap(withParts)).length
