import type { UsosGrade } from '../api/answers.js'
import { countingGrade, statusOfGrade } from './counting-grade.js'

const grade = (value_symbol: string, passes: boolean, date_acquisition = '2024-01-10 10:00:00'): UsosGrade => ({
  ...{ value_symbol, passes, date_acquisition },
})
const symbol = (...protocols: Record<string, UsosGrade | null>[]) => countingGrade(protocols)?.value_symbol

describe('countingGrade', () => {
  it('is the passing grade of the last session', () => {
    expect(symbol({ '1': grade('2,0', false), '2': grade('3,0', true) })).toBe('3,0')
    expect(symbol({ '1': grade('4,0', true), '2': grade('2,0', false) })).toBe('4,0')
    expect(symbol({ '1': grade('3,0', true), '2': grade('4,0', true), '3': null })).toBe('4,0')
    // Sessions are numbers, although they are keys.
    expect(symbol({ '10': grade('5,0', true), '9': grade('3,0', true) })).toBe('5,0')
  })

  it('is the last one where none passes, and none where nobody sat a session', () => {
    expect(symbol({ '1': grade('NK', false), '2': grade('2,0', false) })).toBe('2,0')
    expect(symbol({ '1': null, '2': null })).toBeUndefined()
    expect(symbol()).toBeUndefined()
    expect(countingGrade(null)).toBeUndefined()
  })

  it('looks at all protocols, and takes the later one where both have the same session', () => {
    expect(symbol({ '1': grade('2,0', false) }, { '1': grade('ZAL', true) })).toBe('ZAL')
    const [early, late] = [grade('3,0', true, '2024-01-10 23:00:00'), grade('4,5', true, '2024-02-01 08:00:00')]
    expect(symbol({ '1': late }, { '1': early })).toBe('4,5')
  })
})

describe('statusOfGrade', () => {
  it('trusts the flag and not the number', () => {
    expect(statusOfGrade(grade('2,0', true))).toBe('passed')
    expect(statusOfGrade(grade('5,0', false))).toBe('failed')
    expect(statusOfGrade({ ...grade('5,0', true), passes: null })).toBeUndefined()
  })
})
