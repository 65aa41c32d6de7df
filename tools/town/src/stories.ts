import type { ReasonCode } from '@emrex-gateway/core'
import type { NcpId, UniversityId } from './universities.js'

/** What somebody can try in the town, and how it must end: one list for the tests, for `npm start` and for the docs. */
export interface Story {
  readonly id: string
  /** One sentence for the person who tries it. */
  readonly shows: string
  readonly student: string
  /** Where the student logs in to fetch results: the SMP. */
  readonly home: UniversityId
  /** Whom the student picks there. */
  readonly ncp: NcpId
  /** Where the results are; empty where there are none to be had. */
  readonly abroad: readonly UniversityId[]
  /** Who logs in at the NCP, when it is somebody else. */
  readonly logsInAbroadAs?: string
  /** What the student does at the NCP: takes everything, cancels at the login, or takes the results with these codes. */
  readonly chooses: 'everything' | 'cancel' | readonly string[]
  /** How many results, parts included, the NCP offers when only passed ones are wanted. */
  readonly offered: number
  readonly expected: {
    /** Absent when the student never gets as far as the NCP. */
    readonly ncp?: ReasonCode
    readonly smp: ReasonCode
  }
}

const completed = { ncp: 'COMPLETED', smp: 'COMPLETED' } as const

export const stories: readonly Story[] = [
  {
    id: 'ordinary',
    shows: 'Three results go from Poland to Norway, found by a national number',
    student: 'ingrid',
    home: 'nordfjord',
    ncp: 'poland',
    abroad: ['zielonobrzeg'],
    chooses: 'everything',
    offered: 3,
    expected: completed,
  },
  {
    id: 'some-of-them',
    shows: 'Only the results that were chosen arrive',
    student: 'ingrid',
    home: 'nordfjord',
    ncp: 'poland',
    abroad: ['zielonobrzeg'],
    chooses: ['S1Inf1>BAZ'],
    offered: 3,
    expected: completed,
  },
  {
    id: 'cancelled',
    shows: 'Changing one’s mind at the login abroad is no error',
    student: 'ingrid',
    home: 'nordfjord',
    ncp: 'poland',
    abroad: ['zielonobrzeg'],
    chooses: 'cancel',
    offered: 0,
    expected: { ncp: 'USER_CANCEL', smp: 'USER_CANCEL' },
  },
  {
    id: 'zero-credits',
    shows: 'A passed course of zero credits is a result',
    student: 'oskar',
    home: 'bjorklunda',
    ncp: 'croatia',
    abroad: ['jadrograd'],
    chooses: 'everything',
    offered: 2,
    expected: completed,
  },
  {
    id: 'no-credits',
    shows: 'No credits are not the same as zero credits',
    student: 'marija',
    home: 'jadrograd',
    ncp: 'sweden',
    abroad: ['bjorklunda'],
    chooses: 'everything',
    offered: 2,
    expected: completed,
  },
  {
    id: 'half-credits',
    shows: 'Half credits stay what they are',
    student: 'stanislaw',
    home: 'zielonobrzeg',
    ncp: 'sweden',
    abroad: ['bjorklunda'],
    chooses: 'everything',
    offered: 2,
    expected: completed,
  },
  {
    id: 'missing-code',
    shows: 'A result without a course code arrives without one',
    student: 'elin',
    home: 'bjorklunda',
    ncp: 'poland',
    abroad: ['zielonobrzeg'],
    chooses: 'everything',
    offered: 2,
    expected: completed,
  },
  {
    id: 'modules',
    shows: 'Parts of a course stay under their course',
    student: 'torstein',
    home: 'solvik',
    ncp: 'sweden',
    abroad: ['bjorklunda'],
    chooses: 'everything',
    offered: 4,
    expected: completed,
  },
  {
    id: 'failed-and-in-progress',
    shows: 'Only passed results are offered, unless the NCP is set to more; withdrawn ones never',
    student: 'agnieszka',
    home: 'zielonobrzeg',
    ncp: 'norway',
    abroad: ['solvik'],
    chooses: 'everything',
    offered: 1,
    expected: completed,
  },
  {
    id: 'two-degrees',
    shows: 'Two degrees with their courses, one with a Diploma Supplement',
    student: 'dominik',
    home: 'jadrograd',
    ncp: 'poland',
    abroad: ['zielonobrzeg'],
    chooses: 'everything',
    offered: 5,
    expected: completed,
  },
  {
    id: 'no-results',
    shows: 'Having no results yet is an answer, not an error',
    student: 'saga',
    home: 'bjorklunda',
    ncp: 'norway',
    abroad: ['nordfjord'],
    chooses: 'everything',
    offered: 0,
    expected: { ncp: 'NO_RESULTS', smp: 'NO_RESULTS' },
  },
  {
    id: 'diacritics',
    shows: 'A name with diacritics and the same name without them are one person',
    student: 'lukasz',
    home: 'zielonobrzeg',
    ncp: 'croatia',
    abroad: ['jadrograd'],
    chooses: 'everything',
    offered: 2,
    expected: completed,
  },
  {
    id: 'changed-name',
    shows: 'An old family name is a question for a case worker',
    student: 'katarina',
    home: 'jadrograd',
    ncp: 'sweden',
    abroad: ['bjorklunda'],
    chooses: 'everything',
    offered: 1,
    expected: { ncp: 'COMPLETED', smp: 'NEEDS_STAFF' },
  },
  {
    id: 'twin',
    shows: 'A twin gets her own results',
    student: 'kristin',
    home: 'bjorklunda',
    ncp: 'norway',
    abroad: ['nordfjord'],
    chooses: 'everything',
    offered: 1,
    expected: completed,
  },
  {
    id: 'wrong-twin',
    shows: 'A twin who logs in abroad as the other is found out',
    student: 'kristin',
    home: 'bjorklunda',
    ncp: 'norway',
    abroad: ['nordfjord'],
    logsInAbroadAs: 'kristina',
    chooses: 'everything',
    offered: 1,
    expected: { ncp: 'COMPLETED', smp: 'ID_MISMATCH' },
  },
  {
    id: 'large-attachment',
    shows: 'A transcript of 2 MB comes along',
    student: 'sigrid',
    home: 'nordfjord',
    ncp: 'croatia',
    abroad: ['jadrograd'],
    chooses: 'everything',
    offered: 1,
    expected: completed,
  },
  {
    id: 'two-universities',
    shows: 'One NCP, two universities, two reports in one document',
    student: 'piotr',
    home: 'zielonobrzeg',
    ncp: 'norway',
    abroad: ['nordfjord', 'solvik'],
    chooses: 'everything',
    offered: 3,
    expected: completed,
  },
  {
    id: 'own-university',
    shows: 'Fetching from one’s own university leads nowhere, and says so',
    student: 'elin',
    home: 'bjorklunda',
    ncp: 'sweden',
    abroad: [],
    chooses: 'everything',
    offered: 0,
    expected: { smp: 'WRONG_INSTITUTION' },
  },
  {
    id: 'unknown-abroad',
    shows: 'A university that does not know somebody says so to that person',
    student: 'nils',
    home: 'nordfjord',
    ncp: 'poland',
    abroad: [],
    chooses: 'everything',
    offered: 0,
    expected: { ncp: 'ID_NOT_FOUND', smp: 'NCP_ERROR' },
  },
  {
    id: 'too-little',
    shows: 'A login that says too little is asked for a second proof; without one, nothing is shown',
    student: 'freja',
    home: 'bjorklunda',
    ncp: 'poland',
    // Her results are there for whoever proves it: see the mailbox of the town.
    abroad: [],
    chooses: 'everything',
    offered: 0,
    expected: { ncp: 'ID_INSUFFICIENT', smp: 'NCP_ERROR' },
  },
  {
    id: 'strange-titles',
    shows: 'A title is text, whatever it looks like',
    student: 'mateja',
    home: 'jadrograd',
    ncp: 'norway',
    abroad: ['solvik'],
    chooses: 'everything',
    offered: 5,
    expected: completed,
  },
]
