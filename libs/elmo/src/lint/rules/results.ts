import { isFailingLabel } from '../codes/failing-labels.js'
import type { Credit, LearningOpportunityInstance, LearningOpportunitySpecification } from '../../model.js'

export const isEcts = ({ scheme }: Credit): boolean => scheme.trim().toLowerCase() === 'ects'

export const hasEcts = ({ instance }: LearningOpportunitySpecification): boolean =>
  instance.credit?.some(isEcts) ?? false

export const hasEctsBelow = ({ parts = [] }: LearningOpportunitySpecification): boolean =>
  parts.some((part) => hasEcts(part) || hasEctsBelow(part))

/** Whether the document says, by its status or by a label that we know, that the learner did not pass. */
export const isNotPassed = ({ status, resultLabel }: LearningOpportunityInstance): boolean =>
  status === undefined ? isFailingLabel(resultLabel ?? '') : status === 'failed' || status === 'in-progress'

export const identifiersOf = (
  { identifier = [] }: Pick<LearningOpportunitySpecification, 'identifier'>,
  wanted: string,
): string[] => identifier.filter(({ type }) => type.trim() === wanted).map(({ value }) => value.trim())

export const childTypes = ({ parts = [] }: LearningOpportunitySpecification): string[] =>
  parts.flatMap(({ type = [] }) => type)
