import { nestParts, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import fc from 'fast-check'
import { proofsAnswer, type FsProof } from './fs-answers.js'
import { parentOfProofs } from './parent-of-proofs.js'

interface Shape {
  readonly id: string
  readonly kind?: FsProof['__typename']
  readonly course?: string
  /** Code of the part, and of what it belongs to. */
  readonly part?: readonly [string, string | null]
  readonly children?: readonly string[]
  readonly parents?: readonly string[]
}

const nodesOf = (ids: readonly string[] = []) => ({ nodes: ids.map((id) => ({ id })) })
function proofs(...shapes: readonly Shape[]): readonly FsProof[] {
  const nodes = shapes.map(({ id, kind = 'Resultat', course = id, part = ['W', null], children, parents }) => ({
    ...{ __typename: kind, id, gyldig: true, children: nodesOf(children), parents: nodesOf(parents) },
    ...{ gradkode: 'G', oppnaddDato: '2024-06-14', vurderingsoppbygningsdelskode: part[0] },
    emne: {
      kode: course,
      versjonskode: '1',
      vurderingsoppbygninger: [
        {
          oppbygningsdeler: [
            {
              vurderingsoppbygningsdel: { kode: part[0] },
              parent: part[1] === null ? null : { vurderingsoppbygningsdel: { kode: part[1] } },
            },
          ],
        },
      ],
    },
  }))
  return proofsAnswer
    .parse({ proofs: { pageInfo: { hasNextPage: false }, nodes } })
    .proofs.nodes.filter((proof) => proof !== 'other kind')
}
const parentsOf = (...shapes: readonly Shape[]) => Object.fromEntries(parentOfProofs(proofs(...shapes)))
const degree = 'OppnaddKvalifikasjon'

describe('parentOfProofs', () => {
  it('finds the degree of a course, from either side', () => {
    expect(parentsOf({ id: 'd', kind: degree, children: ['c'] }, { id: 'c' })).toEqual({ d: undefined, c: 'd' })
    expect(parentsOf({ id: 'c', parents: ['d'] }, { id: 'd', kind: degree })).toEqual({ d: undefined, c: 'd' })
  })

  it('takes no proof for a parent that is not there, nor a proof for its own', () => {
    expect(parentsOf({ id: 'c', parents: ['elsewhere', 'c'] })).toEqual({ c: undefined })
  })

  it('puts a part under its course by the structure, within the same course and version alone', () => {
    const whole = { id: 'whole', course: 'A', part: ['W', null] } as const
    const part = { id: 'part', course: 'A', part: ['S', 'W'] } as const
    const other = { id: 'other', course: 'B', part: ['W', null] } as const
    expect(parentsOf(other, whole, part)).toEqual({ other: undefined, whole: undefined, part: 'whole' })
  })

  it('puts a part under its course even where FS names the degree for it as well', () => {
    const result = parentsOf(
      { id: 'd', kind: degree, children: ['whole', 'part'] },
      { id: 'whole', course: 'A', part: ['W', null] },
      { id: 'part', course: 'A', part: ['S', 'W'] },
    )
    expect(result).toEqual({ d: undefined, whole: 'd', part: 'whole' })
  })

  it('puts a part whose course has no result under its degree', () => {
    const part = { id: 'part', course: 'A', part: ['S', 'W'], parents: ['d'] } as const
    expect(parentsOf({ id: 'd', kind: degree }, part)).toEqual({ d: undefined, part: 'd' })
  })

  it('names a whole that has no result, so that the part is told to have lost it', () => {
    const { part } = parentsOf({ id: 'part', course: 'A', part: ['S', 'W'] })
    expect(part).toBeDefined()
    expect(part).not.toBe('part')
  })

  it('loses and doubles nothing, whatever FS says about parents and parts', () => {
    const ids = ['a', 'b', 'c', 'd', 'e', 'f']
    const some = fc.array(fc.constantFrom(...ids, 'gone'), { maxLength: 3 })
    const shapes = fc.tuple(
      ...ids.map((id) =>
        fc.record({
          id: fc.constant(id),
          kind: fc.constantFrom('Resultat' as const, 'Resultat' as const, degree),
          course: fc.constantFrom('A', 'B'),
          part: fc.tuple(fc.constantFrom('S', 'T', 'W'), fc.constantFrom('S', 'T', 'W', null)),
          children: some,
          parents: some,
        }),
      ),
    )
    fc.assert(
      fc.property(shapes, (each) => {
        const all = proofs(...each)
        const parents = parentOfProofs(all)
        const notices: Notice[] = []
        const trees = nestParts(
          all.map(({ id }) => ({
            key: id,
            parent: parents.get(id),
            specification: { title: [{ value: id }], instance: {} },
          })),
          notices,
          parents,
        )
        const down = ({ title, parts = [] }: LearningOpportunitySpecification): string[] => [
          title[0]!.value,
          ...parts.flatMap(down),
        ]
        expect(trees.flatMap(down).sort()).toEqual(ids)
      }),
      { numRuns: 300 },
    )
  })
})
