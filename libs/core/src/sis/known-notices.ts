/**
 * What a mapping can have left out, by code: the page of the NCP has words for each. A plugin may use codes of its own,
 * which are shown as they are.
 */
export const knownNotices = [
  /** The SIS does not say whether it was passed: left out. */
  'status-unknown',
  'title-missing',
  /** There is no course code; the result has none in the document. */
  'code-missing',
  'type-unknown',
  'date-missing',
  'date-unreadable',
  'credits-unreadable',
  /** Credits in a unit that is not known to be ECTS: they keep its name, and nothing was converted. */
  'unit-kept',
  'grade-missing',
  'grading-scheme-unknown',
  'term-incomplete',
  'hours-unreadable',
  'language-unknown',
  'level-unknown',
  'parent-missing',
  'parent-cycle',
  'parts-too-deep',
  /** A whole names a part that the SIS did not give. */
  'part-missing',
  /** Several wholes name it; it stands in the first of them. */
  'part-shared',
  /** Few people, or counts that are not counts. */
  'distribution-left-out',
  'attachment-missing-or-too-large',
  /** Studied elsewhere and recognised here: told in the description. */
  'recognised-elsewhere',
  /** The SIS says a code where others say who gave the results. */
  'institution-unnamed',
  /** Known to the SIS, and not published by it yet. */
  'not-announced',
  /** Written in an unusual way with one plain meaning; the detail says what. */
  'repaired',
  /** The SIS gave less than it has, for a reason of its own. */
  'partly-read',
  'supplement-without-date',
  'supplement-number-unreadable',
  'thesis-left-out',
] as const

export type KnownNotice = (typeof knownNotices)[number]
