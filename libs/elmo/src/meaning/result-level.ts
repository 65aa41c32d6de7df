import type { LearningOpportunitySpecification } from '../model.js'

export interface ResultLevel {
  /** Level of the European Qualifications Framework, "1" to "8". */
  readonly eqf: string
  /** `credit-level`: from the words of the deprecated `credit/level`. */
  readonly from: 'EQF' | 'credit-level'
}

const eqfOfWord = new Map([
  ['bachelor', '6'],
  ['master', '7'],
  ['phd', '8'],
])

/**
 * The EQF level: a level of type `EQF`, else what the deprecated level of a credit says. Other types of level are ignored,
 * and a level without a value says nothing; undefined when nothing is said.
 *
 * Spec: LOI-LEVEL-UNKNOWN, LOI-CREDIT-LEVEL of the ELMO annotations.
 */
export function resultLevel({ instance }: LearningOpportunitySpecification): ResultLevel | undefined {
  const stated = (instance.level ?? []).find(
    ({ type, value = '' }) => type.trim().toLowerCase() === 'eqf' && /^[1-8]$/.test(value.trim()),
  )
  if (stated?.value !== undefined) return { eqf: stated.value.trim(), from: 'EQF' }
  for (const { level = '' } of instance.credit ?? []) {
    const eqf = eqfOfWord.get(level.trim().toLowerCase())
    if (eqf !== undefined) return { eqf, from: 'credit-level' }
  }
  return undefined
}
