import type { FactoryKeys } from '../saml-factory.js'

/** One message, or one use of a part, and what must be said of it: `ok`, or the detail of the refusal. */
export interface AttackCase {
  /** Row of the attack catalogue, such as `SX-01`. */
  readonly id: string
  readonly name: string
  readonly expected: string
  readonly run: () => string
}

export type AttackCases = (keys: FactoryKeys) => AttackCase[]

/** Cases of one row: name, expected, how. */
export const row = (id: string, cases: readonly (readonly [string, string, () => string])[]): AttackCase[] =>
  cases.map(([name, expected, run]) => ({ id, name, expected, run }))
