import { goldenElmo } from '../../test/golden.js'
import { creditSum } from './credit-sum.js'
import type { Credit, LearningOpportunitySpecification, Report } from '../model.js'

const ects = (value?: string, scheme = 'ects'): Credit => (value === undefined ? { scheme } : { scheme, value })

const los = (credit: Credit[], parts: LearningOpportunitySpecification[] = []): LearningOpportunitySpecification => ({
  title: [{ value: 'Course' }],
  instance: { credit },
  parts,
})

const reportOf = (...results: LearningOpportunitySpecification[]): Report => ({
  issuer: { identifier: [], title: [], url: '' },
  issueDate: '2026-03-02T09:30:00Z',
  learningOpportunitySpecification: results,
})

describe('creditSum', () => {
  it('counts a course once when its modules state credits too', () => {
    expect(creditSum(goldenElmo('modules'))).toEqual({ ects: '15', counted: 1 })
  })

  it('goes below a result without ECTS, on each path by itself', () => {
    const tree = los([], [los([ects('10')], [los([ects('10')])]), los([ects()], [los([ects('5')])])])
    expect(creditSum(reportOf(tree))).toEqual({ ects: '15', counted: 2 })
  })

  it('keeps apart "0", a scheme without a value and no credits', () => {
    expect(creditSum(goldenElmo('credits'))).toEqual({ ects: '7.5', counted: 2 })
    expect(creditSum(reportOf(los([ects('0')])))).toEqual({ ects: '0', counted: 1 })
    expect(creditSum(reportOf(los([ects()])))).toEqual({ ects: undefined, counted: 0 })
    expect(creditSum(goldenElmo('missing-code'))).toEqual({ ects: undefined, counted: 0 })
  })

  it('adds without rounding', () => {
    expect(creditSum(reportOf(los([ects('0.1')]), los([ects('0.2')]))).ects).toBe('0.3')
    expect(creditSum(reportOf(los([ects('7.50')]), los([ects('.5')]), los([ects('2.')]))).ects).toBe('10')
    expect(creditSum(reportOf(los([ects('-1.25')]), los([ects('1')]))).ects).toBe('-0.25')
    expect(creditSum(reportOf(los([ects('9007199254740993')]), los([ects('0.5')]))).ects).toBe('9007199254740993.5')
  })

  it('takes ECTS in capitals and a decimal comma, and no other scheme', () => {
    expect(creditSum(reportOf(los([ects('40', 'national'), ects(' 7,5 ', 'ECTS')]))).ects).toBe('7.5')
    expect(creditSum(reportOf(los([ects('40', 'national')]))).ects).toBeUndefined()
  })

  it('takes a value that is no number as not stated', () => {
    for (const value of ['', '.', '1e3', 'seven']) expect(creditSum(reportOf(los([ects(value)]))).counted).toBe(0)
  })

  it('gives no credits for what failed or is in progress, but does for its passed parts', () => {
    const degree = los([ects('180')], [los([ects('5')])])
    degree.instance.status = 'in-progress'
    const failed = los([ects('7.5')])
    failed.instance.status = 'failed'
    expect(creditSum(reportOf(degree, failed))).toEqual({ ects: '5', counted: 1 })
  })
})
