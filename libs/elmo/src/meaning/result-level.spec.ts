import type { LearningOpportunityInstance } from '../model.js'
import { resultLevel } from './result-level.js'

const levelOf = (instance: LearningOpportunityInstance) => resultLevel({ title: [], instance })

describe('resultLevel', () => {
  it('prefers the European level to the words of a credit', () => {
    const credit = [{ scheme: 'ects', level: 'Bachelor' as const, value: '5' }]
    expect(
      levelOf({
        level: [
          { type: 'NQF', value: '9' },
          { type: 'eqf', value: ' 7 ' },
        ],
        credit,
      }),
    ).toEqual({
      eqf: '7',
      from: 'EQF',
    })
    expect(levelOf({ credit })).toEqual({ eqf: '6', from: 'credit-level' })
    expect(levelOf({ credit: [{ scheme: 'ects', level: 'PhD' }] })?.eqf).toBe('8')
  })

  it('hears nothing in other types, in a level without a value, and in a dash', () => {
    expect(levelOf({ level: [{ type: 'national', value: '6' }] })).toBeUndefined()
    expect(levelOf({ level: [{ type: 'EQF' }], credit: [{ scheme: 'ECTS', level: '-' }] })).toBeUndefined()
    expect(levelOf({ level: [{ type: 'EQF', value: '9' }] })).toBeUndefined()
  })
})
