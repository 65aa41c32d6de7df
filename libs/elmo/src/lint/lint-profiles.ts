import type { Release } from '../grammar/releases.js'
import type { LintSeverity } from './lint-rule.js'

/** What a receiver makes of the rules. */
export interface LintProfile {
  readonly summary: string
  /** The release it is about; without one the document decides. */
  readonly release?: Release
  /** Rules by id: how grave a break is here, or that the rule is not looked at. The others stay as they are. */
  readonly severities: Readonly<Record<string, LintSeverity | 'off'>>
}

/** The names of the profiles that come with the library. */
export const lintProfileNames = ['emrex', 'ewp-tors-v1', 'ewp-tors-v2', 'ewp-tors-v3', 'ladok-import'] as const
export type LintProfileName = (typeof lintProfileNames)[number]

const ewp: LintProfile['severities'] = {
  'SIG-PRESENT': 'off',
  'SIG-CA': 'off',
  'ATT-REQUIRED': 'warning',
  'EWP-ISSUER-SCHAC': 'warning',
  'EWP-LOS-ID': 'warning',
  'EWP-LOI-ID': 'warning',
  'EWP-PDF': 'warning',
  'EWP-ISCED': 'warning',
}

/** What each of our profiles makes of the rules; one of your own may begin with a copy. */
export const lintProfiles: Readonly<Record<LintProfileName, LintProfile>> = {
  emrex: {
    summary: 'Sent by a learner through EMREX: signed, with the person and the papers to check it by.',
    severities: {
      'SIG-PRESENT': 'error',
      'SIG-ENVELOPED': 'error',
      'SIG-CERT': 'error',
      'ATT-REQUIRED': 'error',
      'ATT-DATA-URI': 'error',
      'ATT-PDF': 'error',
      'LRN-NAMES': 'error',
      'LRN-BDAY': 'error',
      'DATE-TZ': 'error',
      'LOI-STATUS-GIVE': 'error',
    },
  },
  'ewp-tors-v1': { summary: 'In an answer of EWP, transcripts of records, version 1.', severities: ewp },
  'ewp-tors-v2': {
    summary: 'In an answer of EWP, transcripts of records, version 2: the European Student Identifier is a must.',
    severities: { ...ewp, 'EWP-ESI': 'error' },
  },
  'ewp-tors-v3': {
    summary: 'In an answer of EWP, transcripts of records, version 3: ELMO 2.1.1, with identifiers and distributions.',
    release: '2.1.1',
    severities: {
      ...ewp,
      'EWP-ESI': 'error',
      'EWP-ISSUER-SCHAC': 'error',
      'EWP-LOS-ID': 'error',
      'EWP-LOI-ID': 'error',
      'EWP-V3-FIELDS': 'error',
    },
  },
  'ladok-import': {
    summary:
      'To be taken into Ladok without a person looking at it: codes, titles, credits, grades and dates are there.',
    severities: {
      'SIG-PRESENT': 'error',
      'LOS-LOCAL-GIVE': 'error',
      'LOS-LOCAL-UNIQUE': 'error',
      'LOS-TITLE': 'error',
      'LOI-STATUS-GIVE': 'error',
      'LOI-ECTS-GIVE': 'error',
      'LOI-ECTS-VALUE': 'error',
      'LOI-RESULT': 'error',
      'LOI-DATE-APPROX': 'error',
      'ISS-TITLE-LANG': 'warning',
      'LOI-HOURS': 'off',
      'LOI-TERM-COURSE': 'off',
    },
  },
}
