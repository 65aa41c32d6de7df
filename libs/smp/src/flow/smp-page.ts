import type {
  Count,
  EarlierImport,
  Identity,
  MatchResult,
  OfferedLogin,
  ReasonCode,
  RegistrySnapshot,
  ShownLink,
  ShownProof,
  StatisticsRole,
  TransferReceipt,
  VerifiedCase,
  WaitingCase,
} from '@emrex-gateway/core'
import type { Learner, VerifiedElmo } from '@emrex-gateway/elmo'
import type { AskedFor } from '../api/request-records.js'
import type { CaseReason } from './smp-transfer.js'

/** What an end with results shows. */
interface Delivered {
  readonly ncp: string
  readonly results: number
  readonly ects?: string
  /** By which the SIS knows it. */
  readonly receipt: string
  /** Of our receipt, as long as it is there. */
  readonly number?: string
  readonly leave?: string
}

/** The pages of the SMP as plain data, with `leave` the name of the login that the person can still leave; `pages/` turns each into HTML. */
export type SmpPage =
  | { readonly page: 'choose-login'; readonly logins: readonly OfferedLogin[] }
  | {
      readonly page: 'login-failed'
      readonly code: ReasonCode
      readonly login: string
      readonly logins: readonly OfferedLogin[]
    }
  | { readonly page: 'second-proof'; readonly proof: ShownProof }
  | {
      readonly page: 'choose-ncp'
      /** The link that the person was found by, and may remove. */
      readonly link?: ShownLink
      /** How many imports of theirs the student can look at. */
      readonly earlier?: number
      readonly snapshot: RegistrySnapshot
      readonly query: string
      readonly own: readonly string[]
      readonly mistake?: ReasonCode
    }
  /** The browser went to the NCP and has not come back yet. */
  | { readonly page: 'waiting'; readonly ncp: string }
  | {
      readonly page: 'review'
      readonly ncp: string
      readonly document: VerifiedElmo
      readonly match: MatchResult
      readonly deviations: readonly string[]
      /** A PDF of it is offered. */
      readonly transcript?: true
      /** Another system asked: what of this goes there. */
      readonly asked?: AskedFor
    }
  | {
      readonly page: 'needs-staff'
      readonly ncp: string
      readonly why: readonly CaseReason[]
      readonly match: MatchResult
      readonly leave?: string
    }
  | { readonly page: 'importing'; readonly ncp: string; readonly tries: 'first' | 'again' }
  | ({ readonly page: 'imported' } & Delivered)
  /** The SIS has it, and has not said that it is recorded. */
  | ({ readonly page: 'passed-on' } & Delivered)
  /** Nothing is imported: the results are a case, and staff decide. `receipt` is its number. */
  | ({ readonly page: 'handed-over' } & Delivered)
  /** `until` is an ISO instant. */
  | { readonly page: 'receipt'; readonly receipt: TransferReceipt; readonly signed: boolean; readonly until: string }
  /** What the student brought here before, newest first. */
  | { readonly page: 'history'; readonly receipts: readonly TransferReceipt[] }
  /** What another system asked for was handed to it. */
  | {
      readonly page: 'given'
      readonly ncp: string
      readonly asker: string
      /** Until the other system deletes it: the number of the request, and how long it is kept. */
      readonly request?: string
      readonly retentionDays?: number
      /** Of our receipt, as long as it is there. */
      readonly number?: string
      readonly leave?: string
    }
  | {
      readonly page: 'ended'
      /** Another system asked: only there is another link to be had. */
      readonly asker?: string
      readonly code: ReasonCode
      readonly ncp?: string
      readonly message?: string
      readonly fields: readonly string[]
      readonly leave?: string
    }

/** One case as a staff person sees it. */
export interface StaffCase {
  readonly id: string
  readonly ncp: string
  readonly receivedAt: string
  readonly why: readonly CaseReason[]
  readonly match: MatchResult
  readonly identity: Identity
  /** As the SIS has them. */
  readonly home: Learner
  readonly document: VerifiedElmo
  /** Imports that brought results of it before. */
  readonly earlier?: readonly EarlierImport[]
}

/** What was done last, as the page says it. */
export type StaffDone = 'accepted' | 'duplicate' | 'refused' | 'taken' | 'not-taken' | 'over' | 'no-reason'

export type StaffPage =
  | { readonly page: 'staff-login-failed'; readonly code: ReasonCode }
  | {
      readonly page: 'staff-cases'
      /** Those that end first. */
      readonly cases: readonly StaffCase[]
      /** So many more wait and are not shown; absent where these are all. */
      readonly more?: number
      /** A PDF of each of them is offered. */
      readonly transcript?: true
      /** What staff enter by hand; absent where this SIS takes results by itself and nothing waits. */
      readonly byHand?: readonly WaitingCase[]
      readonly done?: StaffDone
    }
  | { readonly page: 'staff-case'; readonly open: VerifiedCase; readonly files: readonly string[] }
  /** Figures of one entry; `of` is `ROLE/ENTRY`. */
  | {
      readonly page: 'staff-statistics'
      readonly role: StatisticsRole
      readonly of: string
      readonly entries: readonly { readonly of: string; readonly role: StatisticsRole; readonly title: string }[]
      readonly year?: number
      readonly years: readonly number[]
      readonly from: number
      readonly to: number
      readonly counts: readonly Count[]
    }
