import { makeRules, type LintRule } from './lint-rule.js'
import { attachmentRules } from './rules/attachment-rules.js'
import { creditRules } from './rules/credit-rules.js'
import { documentRules } from './rules/document-rules.js'
import { embeddingRules } from './rules/embedding-rules.js'
import { ewpRules } from './rules/ewp-rules.js'
import { gradeRules } from './rules/grade-rules.js'
import { instanceRules } from './rules/instance-rules.js'
import { issuerRules } from './rules/issuer-rules.js'
import { learnerRules } from './rules/learner-rules.js'
import { opportunityRules } from './rules/opportunity-rules.js'
import { practiceRules } from './rules/practice-rules.js'
import { recognitionRules } from './rules/recognition-rules.js'
import { referenceRules } from './rules/reference-rules.js'
import { supplementRules } from './rules/supplement-rules.js'

/** Every rule that the format states in prose, and those that real documents taught; also the ones nobody can check. */
export const lintRules: readonly LintRule[] = [
  ...makeRules('header', [...documentRules, ...learnerRules, ...issuerRules]),
  ...makeRules('opportunities', [
    ...opportunityRules,
    ...instanceRules,
    ...gradeRules,
    ...creditRules,
    ...referenceRules,
  ]),
  ...makeRules('attachments', [...attachmentRules, ...supplementRules, ...recognitionRules]),
  ...makeRules('embedding', [...embeddingRules, ...ewpRules]),
  ...makeRules('practice', practiceRules),
]
