import { attachmentPairs } from './attachment-pairs.js'
import { embeddingPairs } from './embedding-pairs.js'
import { headerPairs } from './header-pairs.js'
import { opportunityPairs } from './opportunity-pairs.js'
import { practicePairs } from './practice-pairs.js'
import type { RulePair } from './rule-pair.js'

/** Those of rules that a model shows. */
export const rulePairs: readonly RulePair[] = [
  ...headerPairs,
  ...opportunityPairs,
  ...attachmentPairs,
  ...embeddingPairs,
  ...practicePairs,
]
