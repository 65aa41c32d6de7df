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
      course('Missed', { resultLabel: 'EM', credit }, [
        course('Part', { resultLabel: '7' }),
        course('Silent', { credit }),
      ]),
      course('Passed', { resultLabel: '02', credit }),
      course('Stated', { resultLabel: '00', status: 'passed', credit }),
    ]
    const { claims, losses } = convert('DK', ...results)
    expect(claims.map(({ title }) => title)).toEqual([{ en: 'Part' }, { en: 'Passed' }, { en: 'Stated' }])
    expect(losses.filter((line) => line.startsWith('NOT_PASSED'))).toEqual([
      `NOT_PASSED_LEFT_OUT ${place}/0`,
      `NOT_PASSED_LEFT_OUT ${place}/1`,
      `NOT_PASSED_LEFT_OUT ${place}/1/parts/1`,
    ])
    // Where nobody knows the country, nobody knows that the grade fails.
    expect(convert(undefined, ...results).claims).toHaveLength(4)
  })

  it('takes the level of the credits for the EQF level, where no other is stated', () => {
    const credit = (...levels: string[]) => levels.map((level) => ({ scheme: 'ects', value: '5', level }))
    const { claims, losses } = convert(
      'NO',
      course('Word', { credit: credit('Master', 'Bachelor') }),
      course('Stated', { credit: credit('Master', 'PhD'), level: [{ type: 'EQF', value: '8' }] }),
      course('National', { credit: credit('Bachelor'), level: [{ type: 'NKR', value: '6.1' }] }),
      course('Filler', { credit: credit('-') }),
    )
    const eqf = (level: string) => ({ id: `http://data.europa.eu/snb/eqf/${level}` })
    expect(claims.map(({ specifiedBy }) => specifiedBy)).toMatchObject([
      { type: 'Qualification', eqfLevel: eqf('7') },
      { type: 'Qualification', eqfLevel: eqf('8') },
      { type: 'Qualification', eqfLevel: eqf('6'), educationLevel: [{ notation: '6.1' }] },
      { type: 'LearningAchievementSpecification' },
    ])
    expect(losses.filter((line) => /CREDIT|ORDER|credit/.test(line))).toEqual([
      `CREDIT_LEVEL_MOVED ${place}/0/instance/credit/0/level`,
      `NO_COUNTERPART ${place}/0/instance/credit/1/level`,
      `NO_COUNTERPART ${place}/1/instance/credit/0/level`,
      `CREDIT_LEVEL_MOVED ${place}/1/instance/credit/1/level`,
      `ORDER_CHANGED ${place}/2/instance/level`,
      `CREDIT_LEVEL_MOVED ${place}/2/instance/credit/0/level`,
      `NO_COUNTERPART ${place}/3/instance/credit/0/level`,
    ])
  })
})
