import { pathOf, type Place } from '../document/place.js'
import type { ElmoProblem } from '../elmo-error.js'
import { releaseBit, releaseSet, type Release } from '../grammar/releases.js'
import type { Elmo } from '../model.js'
import type { LintFinding, LintRule, LintSeverity, NodeSource } from './lint-rule.js'
import { lintProfiles, type LintProfile, type LintProfileName } from './lint-profiles.js'
import { lintRules } from './lint-rules.js'
import type { LintNodes } from './lint-nodes.js'
import { lintScore, type RuleTally } from './lint-score.js'
import type { LintSource } from './lint-source.js'
import { walkDocument } from './walk-document.js'

interface AppliedRule extends LintRule {
  readonly tally: RuleTally
}

function severityIn({ severities }: LintProfile, { id, severity, optIn }: LintRule): LintSeverity | 'off' {
  return severities[id] ?? (optIn === true ? 'off' : severity)
}

function applyRule(rule: LintRule, profile: LintProfile): AppliedRule[] {
  const severity = severityIn(profile, rule)
  return severity === 'off' ? [] : [{ ...rule, severity, tally: { severity, looked: 0, found: 0 } }]
}

export const profileOf = (profile: LintProfileName | LintProfile | undefined): LintProfile =>
  typeof profile === 'string' ? lintProfiles[profile] : (profile ?? { summary: '', severities: {} })

/** One look at one document. */
export class LintRun {
  readonly #rules: readonly AppliedRule[]
  readonly #findings: LintFinding[] = []
  readonly #seen = new Set<string>()
  #omitted = 0

  constructor(
    release: Release,
    profile: LintProfile,
    private readonly maxFindings: number = 10_000,
    private readonly source?: LintSource,
  ) {
    this.#rules = lintRules
      .filter(({ releases, ofSource }) => {
        return (releaseSet(releases) & releaseBit(release)) !== 0 && (ofSource !== true || source !== undefined)
      })
      .flatMap((rule) => applyRule(rule, profile))
  }

  /** What the reader and the check of references found, where it breaks a rule of the list. */
  merge(problems: readonly ElmoProblem[]): void {
    const reported = new Map(this.#rules.filter((rule) => rule.reported).map((rule) => [rule.id, rule]))
    for (const problem of problems) {
      const rule = reported.get(problem.rule)
      if (rule !== undefined) this.#add(rule, problem)
    }
  }

  check(elmo: Elmo): void {
    const byKind = new Map<keyof LintNodes, AppliedRule[]>()
    for (const rule of this.#rules) {
      for (const kind of Object.keys(rule.checks ?? {}) as (keyof LintNodes)[]) {
        byKind.set(kind, [...(byKind.get(kind) ?? []), rule])
      }
    }
    walkDocument(elmo, (kind, node, place) => {
      for (const rule of byKind.get(kind) ?? []) this.#look(rule, kind, node, place)
    })
  }

  get findings(): readonly LintFinding[] {
    return this.#findings
  }

  get omitted(): number {
    return this.#omitted
  }

  get score(): number {
    return lintScore(this.#rules.map(({ tally }) => tally))
  }

  #look<Kind extends keyof LintNodes>(rule: AppliedRule, kind: Kind, node: LintNodes[Kind], place: Place): void {
    rule.tally.looked++
    const found = (message: string, below?: string): void => {
      const path = below === undefined ? pathOf(place) : `${pathOf(place)}/${below}`
      this.#add(rule, { rule: rule.id, message, path })
    }
    rule.checks?.[kind]?.(node, found, this.#sourceOf(place))
  }

  #sourceOf(place: Place): NodeSource | undefined {
    const { source } = this
    if (source === undefined) return undefined
    return {
      elementAt: (below) => source.elementAt(below === undefined ? pathOf(place) : `${pathOf(place)}/${below}`),
      holdsCdata: (element) => source.holdsCdata(element),
    }
  }

  /** What the reader reported is not said again. */
  #add({ id, severity, keyword, who, hint, tally }: AppliedRule, problem: ElmoProblem): void {
    const key = `${id}\n${problem.path}\n${problem.message}`
    const keyOfReported = `${id}\n${problem.path}`
    if (this.#seen.has(key) || this.#seen.has(keyOfReported)) return
    tally.found++
    if (this.#findings.length >= this.maxFindings) {
      this.#omitted++
      return
    }
    this.#seen.add(problem.line === undefined ? key : keyOfReported)
    const { line, column } = problem.line === undefined ? this.#positionOf(problem.path) : problem
    const position = line === undefined ? {} : { line, column }
    this.#findings.push({
      rule: id,
      severity,
      keyword,
      who,
      message: problem.message,
      path: problem.path,
      ...position,
      hint,
    })
  }

  #positionOf(path: string | undefined): Pick<ElmoProblem, 'line' | 'column'> {
    return path === undefined || this.source === undefined ? {} : this.source.elementAt(path)
  }
}
