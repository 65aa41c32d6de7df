import type { LintSeverity } from './lint-rule.js'

/** At how many places one rule looked, and how many findings it made. */
export interface RuleTally {
  readonly severity: LintSeverity
  looked: number
  found: number
}

/** What a rule costs that is broken wherever it applies. */
export const scoreWeights: Readonly<Record<LintSeverity, number>> = { error: 10, warning: 3, notice: 1 }

/**
 * How good a document is, from 0 to 100; 100 = no finding at all.
 *
 * Each broken rule costs half its weight for being broken at all and the other half by its findings for each place that it
 * looked at (at most one), so that neither the length of a document nor the number of rules counts. The sum is taken from 100 and rounded down.
 */
export function lintScore(tallies: Iterable<RuleTally>): number {
  let cost = 0
  for (const { severity, looked, found } of tallies) {
    if (found > 0) cost += (scoreWeights[severity] * (1 + Math.min(1, found / Math.max(1, looked)))) / 2
  }
  return Math.max(0, Math.floor(100 - cost))
}
