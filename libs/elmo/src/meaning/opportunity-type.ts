import { collapse } from '../document/check-value.js'
import { simpleTypes } from '../grammar/simple-types.js'
import type { LearningOpportunitySpecification } from '../model.js'

/**
 * The type as the format writes it, in whatever case and with whatever white space the producer does (`Degree programme`,
 * `course`); undefined where there is none, or one that the format does not have.
 *
 * Spec: LOS-TYPE-UNKNOWN of the ELMO annotations; practice rule P-CASE.
 */
export function opportunityType({ type = '' }: Pick<LearningOpportunitySpecification, 'type'>): string | undefined {
  const word = collapse(type).toLowerCase()
  return simpleTypes.opportunityType.values?.find((known) => known.toLowerCase() === word)
}
