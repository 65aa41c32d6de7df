import type { RuleEntry } from '../lint-rule.js'

/** References that document/check-references.ts follows, for reader, validator and lint alike. */
export const referenceRules: readonly RuleEntry[] = [
  {
    id: 'LOI-ATT-REF',
    keyword: 'MUST*',
    who: 'producer',
    releases: '1.3.0-',
    source: 'annotation',
    summary: 'Each reference to an attachment is the identifier of one.',
    hint: 'Give the attachment an identifier of type internal with that value.',
    reported: true,
  },
]
