import { type Loa, reachesLoa } from '../identity.js'
import type { LoaRule } from './claim-rules.js'

/**
 * The level that a login reached: the highest of the rules that its values meet. `values` are all of them together, `acr` or
 * AuthnContextClassRef and what the assurance claims say (`assuranceOf`). A value that no rule names is worth nothing.
 */
export const loaOf = (values: readonly string[], rules: readonly LoaRule[]): Loa | 'none' =>
  highest(
    rules.filter(
      ({ value, onlyWith }) => values.includes(value) && (onlyWith === undefined || values.includes(onlyWith)),
    ),
  )

/** The best level that a login can reach. */
export const bestLoaOf = (rules: readonly LoaRule[]): Loa | 'none' => highest(rules)

const highest = (rules: readonly LoaRule[]): Loa | 'none' =>
  rules.reduce<Loa | 'none'>((best, { loa }) => (reachesLoa(loa, best) ? loa : best), 'none')
