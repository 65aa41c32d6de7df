import { programme, course, loi, transcript, set, learner, issuer, inLoi } from './clean-parts.js'
import type { RulePair } from './rule-pair.js'

/** Of the rules about EWP. */
export const embeddingPairs: RulePair[] = [
  {
    rule: 'EWP-ISSUER-SCHAC',
    at: '/issuer',
    profile: 'ewp-tors-v1',
    breaks: set(issuer, { identifier: [{ type: 'pic', value: '1' }] }),
  },
  {
    rule: 'EWP-ESI',
    at: '/learner',
    profile: 'ewp-tors-v2',
    breaks: set(learner, { identifier: [{ type: 'nationalIdentifier', value: '1' }] }),
  },
  {
    rule: 'EWP-LOS-ID',
    at: 'learningOpportunitySpecification',
    profile: 'ewp-tors-v1',
    breaks: set(course, { identifier: [{ type: 'local', value: 'C1' }] }),
  },
  { rule: 'EWP-LOI-ID', at: inLoi, profile: 'ewp-tors-v1', breaks: set(loi, { identifier: undefined }) },
  {
    rule: 'EWP-V3-FIELDS',
    at: inLoi,
    profile: 'ewp-tors-v3',
    release: '2.1.1',
    breaks: set(loi, { resultDistribution: undefined }),
  },
  {
    rule: 'EWP-V3-FIELDS',
    at: '/learner',
    profile: 'ewp-tors-v3',
    release: '2.1.1',
    breaks: set(learner, { dateOfBirth: undefined }),
  },
  { rule: 'EWP-PDF', at: 'report[1]', profile: 'ewp-tors-v1', breaks: set(transcript, { type: 'Other' }) },
  {
    rule: 'EWP-ISCED',
    at: 'learningOpportunitySpecification',
    profile: 'ewp-tors-v1',
    breaks: set(course, { iscedCode: undefined }),
    keeps: (elmo) => {
      programme(elmo).iscedCode = '0613'
      delete course(elmo).iscedCode
    },
  },
]
