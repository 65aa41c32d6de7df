import type { LangString } from '@emrex-gateway/elmo'
import type { Outcome, StudentId, StudyResult, TermId } from './population.js'

/** What a system is able to say, and in which words: all that the expectations of the contract kit depend on. */
export interface Dialect {
  /** BCP 47, of titles in the language of the university. */
  readonly language: string
  /** The grade as the system prints it; absent: it prints none for this outcome. */
  readonly grades: Readonly<Partial<Record<Outcome, string>>>
  /** Scheme of credits in hours, as the plugin names it. */
  readonly hours?: string
  /** The course code as the plugin gives it as `local` identifier; without it, as it stands in the population. */
  readonly code?: (result: StudyResult) => string | undefined
  /** The titles, where they are not the usual two. */
  readonly titles?: (result: StudyResult) => readonly LangString[]
  /** Type of a result, where the system does not say it as the population does. */
  readonly type?: (result: StudyResult) => string
  /** Type of a part of a course; `Module` where absent. */
  readonly partType?: 'Module' | 'Class'
  /** The days of a term, where the system does not know those of the population. */
  readonly term?: (term: TermId) => { readonly start: string; readonly end: string }
  /** The date of the result in the document; without it, the date of the population. */
  readonly date?: (result: StudyResult) => string | undefined
  /** Credits of parts are not known to this system. */
  readonly partsWithoutCredits?: true
  /** A degree has no grade of its own in this system. */
  readonly degreesWithoutGrades?: true
  /** What this system cannot hold: the expectations and cases about it are left out. */
  readonly lacks: readonly Lack[]
}

export type Lack =
  | 'zero-credits'
  | 'quarter-credits'
  | 'no-credits'
  | 'no-code'
  | 'other-units'
  | 'parts'
  | 'unfinished-parts'
  | 'degrees'
  | 'failed'
  | 'in-progress'
  | 'withdrawn'
  | 'earlier-tries'
  | 'recognised'
  | 'descriptions'
  | 'distributions'
  | 'levels'
  | 'languages'
  | 'terms'
  | 'protected-persons'
  | 'single-names'
  | 'several-institutions'
  | 'attachments'
  | 'strange-texts'
  | StudentId
