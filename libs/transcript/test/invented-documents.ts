import { elmoSample } from './elmo-sample.js'
import type { Elmo, LearningOpportunitySpecification } from '@emrex-gateway/elmo'

/** A result as short as a test needs it. */
export const course = (
  title: string,
  more: Partial<LearningOpportunitySpecification> & { lang?: string } = {},
): LearningOpportunitySpecification => {
  const { lang = 'en', instance, ...others } = more
  return {
    title: [{ lang, value: title }],
    type: 'Course',
    instance: instance ?? {
      date: '2026-01-20',
      status: 'passed',
      resultLabel: 'B',
      credit: [{ scheme: 'ects', value: '7.5' }],
    },
    ...others,
  }
}

/** A document of one institution with these results. */
export const documentOf = (...results: LearningOpportunitySpecification[]): Elmo => {
  const [report] = elmoSample.reports
  if (report === undefined) throw new Error('The sample has no report.')
  return {
    generatedDate: elmoSample.generatedDate,
    learner: { givenNames: 'Ane', familyName: 'Vik', bday: '2001-04-05' },
    reports: [{ issuer: report.issuer, issueDate: report.issueDate, learningOpportunitySpecification: results }],
  }
}
