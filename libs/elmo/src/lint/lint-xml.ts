import { readTape } from '../document/read-tape.js'
import type { ElmoLimits } from '../limits.js'
import { parseTree } from '../xml/parse-xml.js'
import { scanXml } from '../xml/scan-xml.js'
import { checkReferences } from './check-references.js'
import { judgedRelease } from './judged-release.js'
import type { LintOptions, LintReport } from './lint-elmo.js'
import type { LintFinding } from './lint-rule.js'
import { profileOf, LintRun } from './lint-run.js'
import { LintSource } from './lint-source.js'

const byPosition = (a: LintFinding, b: LintFinding): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)

/**
 * As `lintElmo`, for a document in bytes: every finding has line and column (1-based; the column counts bytes) of its
 * element, and what only bytes show is looked at as well. The signature is looked at, not verified.
 *
 * It does not say whether the document is valid; `readElmo` and `validateElmo` do.
 *
 * Spec: as lintElmo.
 * @throws {ElmoError} those of readElmo
 */
export function lintXml(xml: Uint8Array, options: LintOptions & { limits?: Partial<ElmoLimits> } = {}): LintReport {
  const tape = scanXml(xml, options.limits)
  const { elmo, namespace, problems } = readTape(tape)
  const profile = profileOf(options.profile)
  const release = options.release ?? profile.release ?? judgedRelease(elmo, namespace)
  const run = new LintRun(release, profile, options.maxFindings, new LintSource(parseTree(tape)))
  run.merge(problems)
  run.merge(checkReferences(elmo))
  run.check(elmo)
  const { score, findings, omitted } = run
  return { release, score, findings: [...findings].sort(byPosition), omitted }
}
