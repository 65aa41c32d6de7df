import fc from 'fast-check'
import { nestParts, type Notice } from '@emrex-gateway/core'
import type { LearningOpportunitySpecification } from '@emrex-gateway/elmo'
import { parentsOf, type Whole } from './parents-of.js'

const whole = (key: string, ...parts: string[]): Whole => ({ key, parts })
const entries = (wholes: readonly Whole[], notices: Notice[] = []) => Object.fromEntries(parentsOf(wholes, notices))

describe('parentsOf', () => {
  it('takes the nearest of several wholes, at any depth', () => {
    const notices: Notice[] = []
    const wholes = [
      whole('top', 'mid', 'low', 'leaf'),
      whole('mid', 'low', 'leaf'),
      whole('low', 'leaf'),
      whole('leaf'),
    ]
    expect(entries(wholes, notices)).toEqual({ mid: 'top', low: 'mid', leaf: 'low' })
    expect(notices).toEqual([])
  })

  it('tells of a part that several wholes share which do not contain one another', () => {
    const notices: Notice[] = []
    expect(entries([whole('a', 'x'), whole('b', 'x'), whole('x')], notices)).toEqual({ x: 'a' })
    expect(notices).toEqual([{ notice: 'part-shared' }])
  })

  it('tells of a part that is not there', () => {
    const notices: Notice[] = []
    expect(entries([{ key: 'a', code: 'ABC', parts: ['gone'] }], notices)).toEqual({})
    expect(notices).toEqual([{ notice: 'part-missing', detail: 'ABC' }])
  })

  it('lets nestParts give every result exactly once, whatever names whatever', () => {
    const key = fc.constantFrom(...'abcdefgh')
    const wholes = fc.uniqueArray(fc.record({ key, parts: fc.array(key, { maxLength: 5 }) }), {
      selector: (each) => each.key,
    })
    fc.assert(
      fc.property(wholes, (list) => {
        const parents = parentsOf(list, [])
        const flat = list.map(({ key }) => ({
          key,
          parent: parents.get(key),
          specification: { title: [{ value: key }], instance: {} },
        }))
        const seen: string[] = []
        const walk = (los: LearningOpportunitySpecification): void => {
          seen.push(los.title[0]!.value)
          los.parts?.forEach(walk)
        }
        nestParts(flat, []).forEach(walk)
        expect(seen.sort()).toEqual(list.map((each) => each.key).sort())
      }),
    )
  })
})
