import type { LearningOpportunityInstance, LearningOpportunitySpecification } from '../model.js'
import { gradeLabels } from './grade-labels.js'
import { contextOfParts, resultStatus } from './result-status.js'

const los = (instance: LearningOpportunityInstance): LearningOpportunitySpecification => ({
  title: [{ value: 'Course' }],
  instance,
})
const ofLabel = (country: string | undefined, resultLabel: string): string => {
  const { status, certain, reason } = resultStatus(los({ resultLabel }), { country })
  return `${status}${certain ? '' : '?'} ${reason}`
}

describe('resultStatus', () => {
  it('lets a stated status decide', () => {
    for (const status of ['passed', 'failed', 'in-progress'] as const)
      expect(resultStatus(los({ status }))).toEqual({ status, certain: true, reason: 'stated' })
    expect(resultStatus(los({ status: 'Passed' })).status).toBe('passed')
  })

  it('takes no status as passed when there is a grade or a date', () => {
    expect(resultStatus(los({ date: '2026-01-31' }))).toEqual({ status: 'passed', certain: true, reason: 'not-stated' })
    expect(ofLabel('IT', '30 e lode')).toBe('passed not-stated')
  })

  it('doubts a result without status, grade and date, unless the whole above it was passed', () => {
    expect(resultStatus(los({}))).toEqual({ status: 'passed', certain: false, reason: 'no-result' })
    expect(resultStatus(los({}), { whole: 'passed' })).toMatchObject({ status: 'passed', certain: true })
  })

  it('takes no part that says nothing as passed, where its whole failed or goes on', () => {
    for (const whole of ['failed', 'in-progress'] as const) {
      const context = contextOfParts(los({ status: whole }), { country: 'DK' })
      expect(resultStatus(los({}), context)).toEqual({ status: whole, certain: false, reason: 'no-result' })
      expect(resultStatus(los({}), contextOfParts(los({}), context)).status).toBe(whole)
      expect(resultStatus(los({ resultLabel: '7' }), context).status).toBe('passed')
      expect(resultStatus(los({}), contextOfParts(los({ date: '2026-01-31' }), context)).status).toBe('passed')
    }
    expect(contextOfParts(los({ resultLabel: '00' }), { country: 'DK' }).whole).toBe('failed')
    expect(contextOfParts({ ...los({}), documentType: 'Enrolment' }).whole).toBe('in-progress')
  })

  it.each([
    ['DK', '00'],
    ['DK', '-3'],
    ['DK', '\u22123'],
    ['DK', 'IG'],
    ['DK', 'em'],
    ['PL', '2'],
    ['PL', '2,0'],
    ['PL', 'NZAL'],
    ['SE', 'U'],
    ['NO', 'F'],
    ['NO', 'Ikke  bestått'],
    ['NO', 'Ikke besta\u030att'],
    ['FI', '0'],
    ['FI', 'Hyl'],
    ['FI', 'hyl.'],
    ['DE', '5,0'],
    ['DE', 'nicht bestanden'],
    ['HR', '1'],
    ['GB', 'Fail'],
    ['DK', 'Ikke bestået'],
    ['FI', 'Hylätty'],
    ['NL', ' Onvoldoende'],
    [undefined, 'Nicht  bestanden'],
    ['DNK', '00'],
    ['http://publications.europa.eu/resource/authority/country/DNK', '00'],
  ])('takes %s "%s" without a status as failed, in doubt', (country, label) => {
    expect(ofLabel(country, label)).toBe('failed? failing-label')
  })

  it.each([
    ['DK', '02'],
    ['DK', '12'],
    ['DK', 'VG'],
    ['SE', 'G'],
    ['SE', 'VG'],
    ['SE', '3'],
    ['NO', 'A'],
    ['NO', 'Bestått'],
    ['NO', 'Innpasset'],
    ['FI', 'Hyv'],
    ['FI', '1'],
    ['PL', 'ZAL'],
    ['DE', '1,0'],
    ['DE', 'B2/C1'],
    ['NL', '4'],
    [undefined, 'A'],
  ])('takes %s "%s" as passed', (country, label) => {
    expect(ofLabel(country, label)).toBe('passed not-stated')
  })

  it('keeps leading zeros apart: Danish 02 passes, 00 and 2 are not the same', () => {
    expect(ofLabel('DK', '02')).toBe('passed not-stated')
    expect(ofLabel('DK', '2')).toBe('passed? label-unknown')
    expect(ofLabel('DK', '0')).toBe('passed? label-unknown')
  })

  it('doubts a Danish grade of an older scale', () => {
    for (const label of ['5', '6', '9', '13']) expect(ofLabel('DK', label)).toBe('passed? label-unknown')
  })

  it('doubts several grades in one label, and calls them failed only when all fail', () => {
    expect(ofLabel('PL', '2 4,5')).toBe('passed? several-grades')
    expect(ofLabel('PL', 'NZAL 2')).toBe('failed? several-grades')
    expect(ofLabel('', '2.0 3.5')).toBe('passed? several-grades')
    expect(ofLabel('PL', 'bardzo dobry')).toBe('passed not-stated')
  })

  it('doubts a grade that fails somewhere when no country is given, and not when another one is', () => {
    expect(ofLabel(undefined, '00')).toBe('passed? label-fails-elsewhere')
    expect(ofLabel(' ', 'NZAL')).toBe('passed? label-fails-elsewhere')
    expect(ofLabel('IT', '00')).toBe('passed not-stated')
  })

  it('doubts "passed" beside a failing grade', () => {
    const course = los({ status: 'passed', resultLabel: '2.0' })
    expect(resultStatus(course, { country: 'PL' })).toEqual({
      status: 'passed',
      certain: false,
      reason: 'label-contradicts-status',
    })
    expect(resultStatus(course, { country: 'SE' }).certain).toBe(true)
    expect(resultStatus(los({ status: 'passed', resultLabel: 'Failed' }), { country: 'SE' }).certain).toBe(false)
  })

  it('gives no credits to a status that it does not know', () => {
    expect(resultStatus(los({ status: 'withdrawn' }))).toEqual({
      status: 'in-progress',
      certain: false,
      reason: 'unknown-status',
    })
  })

  it('takes an enrolment or an admission as in progress', () => {
    const admission = { ...los({}), documentType: 'Admission' }
    expect(resultStatus(admission)).toEqual({ status: 'in-progress', certain: true, reason: 'enrolment' })
    const issuer = { identifier: [], title: [], url: '' }
    const academicYear = { start: '2025-09-01', end: '2026-06-30' }
    const enrolment = { enrolmentInstitution: issuer, enrolmentDate: '2025-08-20', academicYear }
    expect(resultStatus(los({ enrolment })).status).toBe('in-progress')
  })

  it('has no label on both lists of a country', () => {
    for (const { failing, passing = [] } of gradeLabels)
      expect(failing.filter((label) => passing.includes(label))).toEqual([])
  })
})
