import { checkReferences } from './check-references.js'
import type { Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import { judgedRelease } from './judged-release.js'
import type { LintFinding } from './lint-rule.js'
import type { LintProfile, LintProfileName } from './lint-profiles.js'
import { LintRun, profileOf } from './lint-run.js'

export interface LintOptions {
  /** By whose rules the document is judged; else that of the profile, else what the document shows, else 1.7.0. */
  readonly release?: Release
  /** One of ours by its name, or one of your own. */
  readonly profile?: LintProfileName | LintProfile
  /** How many findings are kept at most; 10,000 unless told otherwise. The score counts all of them. */
  readonly maxFindings?: number
}

export interface LintReport {
  /** By whose rules it was judged. */
  readonly release: Release
  /** From 0 to 100; 100 = no finding. */
  readonly score: number
  /** By line and column for bytes; for a model references first, then in the order of the document. */
  readonly findings: readonly LintFinding[]
  /** How many more there are than `maxFindings`. */
  readonly omitted: number
}

/**
 * What a model breaks of the rules that the format states in prose, beyond its schema, and of those that real documents
 * taught. Rules that only the bytes of a document show (order, namespaces, CDATA, signature) are left to `lintXml`.
 *
 * The model must have the shape of its type, as `readElmo` gives it and `validateElmo` proves it. Each finding has a path
 * of element names; none quotes a value. Time grows with the size of the document.
 *
 * Spec: annotations of ELMO 1.0.0 to 2.1.1; EMREX implementation guide; EWP transcripts of records; `docs/elmo-lint.md`.
 */
export function lintElmo(elmo: Elmo, options: LintOptions = {}): LintReport {
  const profile = profileOf(options.profile)
  const release = options.release ?? profile.release ?? judgedRelease(elmo)
  const run = new LintRun(release, profile, options.maxFindings)
  run.merge(checkReferences(elmo))
  run.check(elmo)
  const { findings, score, omitted } = run
  return { release, score, findings, omitted }
}
