import type { LearningOpportunityInstance, LearningOpportunitySpecification } from '../../model.js'
import { toElm } from './to-elm.js'

const course = (
  title: string,
  instance: LearningOpportunityInstance,
  parts?: LearningOpportunitySpecification[],
): LearningOpportunitySpecification => ({
  title: [{ lang: 'en', value: title }],
  type: 'Course',
  instance,
  ...(parts && { parts }),
})

function convert(country: string | undefined, ...results: LearningOpportunitySpecification[]) {
  const issuer = { ...(country && { country }), identifier: [], title: [{ value: 'Uni' }], url: '' }
  const { credentials, losses } = toElm({
    generatedDate: '2026-03-02T09:30:00Z',
    learner: { givenNames: 'Ane', familyName: 'Vik' },
    reports: [{ issuer, learningOpportunitySpecification: results, issueDate: '2026-03-02T09:30:00Z' }],
  })
  const subject = credentials[0]?.['credentialSubject'] as { hasClaim?: Record<string, unknown>[] }
  return { claims: subject.hasClaim ?? [], losses: losses.map(({ code, path }) => `${code} ${path}`) }
}

const place = '/reports/0/learningOpportunitySpecification'

describe('achievementsOf', () => {
  it('claims no result that was failed by its grade, where no status says how it ended', () => {
    const credit = [{ scheme: 'ects', value: '5' }]
    const results = [
      course('Failed', { resultLabel: '00', credit }),
      course('Missed', { resultLabel: 'EM', credit }, [course('Part', { resultLabel: '7' })]),
      course('Passed', { resultLabel: '02', credit }),
      course('Stated', { resultLabel: '00', status: 'passed', credit }),
    ]
    const { claims, losses } = convert('DK', ...results)
    expect(claims.map(({ title }) => title)).toEqual([{ en: 'Part' }, { en: 'Passed' }, { en: 'Stated' }])
    expect(losses.filter((line) => line.startsWith('NOT_PASSED'))).toEqual([
      `NOT_PASSED_LEFT_OUT ${place}/0`,
      `NOT_PASSED_LEFT_OUT ${place}/1`,
    ])
    // Where nobody knows the country, nobody knows that the grade fails.
    expect(convert(undefined, ...results).claims).toHaveLength(4)
  })
})
