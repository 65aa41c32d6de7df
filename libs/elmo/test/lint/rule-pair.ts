import type { Release } from '../../src/grammar/releases.js'
import type { LintProfileName } from '../../src/lint/lint-profiles.js'
import type { Elmo } from '../../src/model.js'

/** A change of the clean document that breaks one rule, and where; the clean document is the twin that keeps it. */
export interface RulePair {
  readonly rule: string
  /** End of the path that the finding must have. */
  readonly at: string
  readonly breaks: (elmo: Elmo) => void
  /** A neighbour of the break that is right, where the clean document has nothing of the kind. */
  readonly keeps?: (elmo: Elmo) => void
  readonly release?: Release
  readonly profile?: LintProfileName
}
