import type { ElmoProblem } from '../elmo-error.js'
import type { ReleaseRange } from '../grammar/releases.js'
import type { LintNodes } from './lint-nodes.js'
import type { XmlElement } from '../xml/parse-xml.js'

/** `error` breaks an order of the format, `warning` its advice, `notice` is worth knowing. */
export const lintSeverities = ['error', 'warning', 'notice'] as const
export type LintSeverity = (typeof lintSeverities)[number]

/** The word of the source. `MUST*`: no such word stands there, but it follows; `PRACTICE`: drawn from real documents. */
export type LintKeyword = 'MUST' | 'MUST*' | 'SHOULD' | 'SHOULD NOT' | 'INFO' | 'PRACTICE'

/** Where a rule stands: annotations of the schema, EMREX implementation guide, EWP specifications, real documents. */
export type LintRuleSource = 'annotation' | 'guide' | 'ewp' | 'practice'

export const lintSections = ['header', 'opportunities', 'attachments', 'embedding', 'practice'] as const
export type LintSection = (typeof lintSections)[number]

/** Reports a break: plain words, and where below the node (`credit[1]/scheme`). Never a value of the document. */
export type Found = (message: string, below?: string) => void

/** What a rule looks at, by kind of node. The source is there only where a document was read from bytes. */
export type NodeChecks = {
  readonly [Kind in keyof LintNodes]?: (node: LintNodes[Kind], found: Found, source?: NodeSource) => void
}

/** The bytes behind a node. */
export interface NodeSource {
  /** The element of the node, or one below it. */
  elementAt(below?: string): XmlElement
  /** Whether some of the element's text was written as CDATA. */
  holdsCdata(element: XmlElement): boolean
}

/** What is written down about a rule; the rest follows from it. */
export interface RuleEntry {
  readonly id: string
  readonly keyword: LintKeyword
  /** Only where the keyword says too much or too little, and for practice. */
  readonly severity?: LintSeverity
  readonly who: 'producer' | 'reader'
  /** The releases that have the rule. */
  readonly releases: ReleaseRange
  readonly source: LintRuleSource
  readonly summary: string
  /** How to keep it. */
  readonly hint: string
  readonly checks?: NodeChecks
  /** The check needs the bytes: a model does not show it. */
  readonly ofSource?: true
  /** The reader or the check of references reports it under this id. */
  readonly reported?: true
  /** Checked only where a profile asks for it. */
  readonly optIn?: true
  /** Why one document cannot show whether the rule is kept. */
  readonly notCheckable?: string
}

export interface LintRule extends RuleEntry {
  readonly severity: LintSeverity
  readonly section: LintSection
}

/** One break of one rule. */
export interface LintFinding extends ElmoProblem {
  readonly severity: LintSeverity
  readonly keyword: LintKeyword
  readonly who: 'producer' | 'reader'
  readonly hint: string
}

const severityOfKeyword: Readonly<Record<LintKeyword, LintSeverity>> = {
  MUST: 'error',
  'MUST*': 'error',
  SHOULD: 'warning',
  'SHOULD NOT': 'warning',
  INFO: 'notice',
  PRACTICE: 'warning',
}

export const makeRules = (section: LintSection, entries: readonly RuleEntry[]): LintRule[] =>
  entries.map((entry) => ({ ...entry, section, severity: entry.severity ?? severityOfKeyword[entry.keyword] }))
