import { validateElmo } from '../../document/validate-elmo.js'
import { creditSum } from '../../meaning/credit-sum.js'
import { fromElm } from './from-elm.js'

const passed = 'http://data.europa.eu/snb/grade-status/c_60a1cf9a'
const claims = '/credentialSubject/hasClaim'
const instance = '/reports/0/learningOpportunitySpecification/0/instance'

const read = (claim: object) =>
  fromElm({
    type: 'EuropeanDigitalCredential',
    issuer: { type: 'Organisation', legalName: { en: 'U' } },
    issued: '2026-01-31T09:00:00Z',
    credentialSubject: { type: 'Person', familyName: 'Vik', hasClaim: claim },
  })

const assessment = (gradeStatus: unknown) => ({
  type: 'LearningAssessment',
  title: { en: 'Exam' },
  grade: { type: 'Note', noteLiteral: { en: 'B' } },
  gradeStatus,
})

const achievement = (gradeStatus: unknown) => ({
  type: 'LearningAchievement',
  title: { en: 'Course' },
  provenBy: assessment(gradeStatus),
  creditReceived: {
    type: 'CreditPoint',
    framework: { id: 'http://data.europa.eu/snb/education-credit/6fcec5c5af' },
    point: '5',
  },
})

const labelled = (prefLabel: unknown, id = 'urn:x:status') => ({ id, type: 'Concept', prefLabel })
const statusOf = ({ elmo }: ReturnType<typeof read>) =>
  elmo.reports[0]?.learningOpportunitySpecification?.[0]?.instance.status
const named = ({ losses }: ReturnType<typeof read>, path: string) =>
  losses.filter((loss) => loss.path === path).map(({ code }) => code)

describe('the status of an assessment', () => {
  it.each([
    [{ id: passed }, 'passed'],
    [{ id: passed, type: 'Concept', prefLabel: { mt: 'Għadda' } }, 'passed'],
    [labelled({ en: 'Pass', mt: 'Għadda' }), 'passed'],
    [labelled({ 'en-GB': ' Passed ' }), 'passed'],
    [labelled({ de: 'Bestanden' }), 'passed'],
    [labelled({ de: 'Nicht bestanden' }), 'failed'],
    [labelled({ en: 'Not  passed' }), 'failed'],
    [labelled({ 'en-GB': 'Fail' }), 'failed'],
    [labelled('Fail'), 'failed'],
    ['Failed', 'failed'],
  ])('is read from %j', (gradeStatus, status) => {
    for (const claim of [assessment(gradeStatus), achievement(gradeStatus)]) {
      const result = read(claim)
      expect(statusOf(result)).toBe(status)
      expect(named(result, `${instance}/status`)).toEqual([])
    }
  })

  it.each([
    [{ id: 'http://data.europa.eu/snb/grade-status/xyz', type: 'Concept' }],
    ['http://data.europa.eu/snb/grade-status/xyz'],
    [labelled({ en: 'Passing not reached' })],
    [labelled({ en: 'Conditional', de: 'Bestanden' })],
    [labelled({ en: 'Pass', de: 'Nicht bestanden' })],
    [labelled({ en: 'Fail' }, passed)],
    [labelled({ mt: 'Ma għaddiex' })],
  ])('gives no credits when it cannot be read: %j', (gradeStatus) => {
    const result = read(achievement(gradeStatus))
    expect(statusOf(result)).toBe('in-progress')
    expect(creditSum(result.elmo)).toMatchObject({ ects: undefined, certain: undefined, counted: 0 })
    expect(named(result, `${claims}/provenBy/gradeStatus`)).toEqual(['ELM_NOT_READ'])
    expect(named(result, `${instance}/status`)).toEqual(['STATUS_NOT_READABLE'])
    expect(validateElmo(result.elmo, '2.1.1')).toEqual([])

    const alone = read(assessment(gradeStatus))
    expect(statusOf(alone)).toBe('in-progress')
    expect(named(alone, `${instance}/status`)).toEqual(['STATUS_NOT_READABLE'])
  })

  it('is passed when an achievement says nothing', () => {
    for (const nothing of [undefined, null, []]) expect(statusOf(read(achievement(nothing)))).toBe('passed')
    expect(statusOf(read(assessment([])))).toBeUndefined()
    expect(statusOf(read(achievement([5])))).toBe('in-progress')
  })
})
