import type {
  Identity,
  MatchResult,
  OfferedLogin,
  ReasonCode,
  RegistrySnapshot,
  ShownLink,
  ShownProof,
} from '@emrex-gateway/core'
import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { CaseReason } from './smp-transfer.js'

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
    }
  | {
      readonly page: 'needs-staff'
      readonly ncp: string
      readonly why: readonly CaseReason[]
      readonly match: MatchResult
      readonly leave?: string
    }
  | { readonly page: 'importing'; readonly ncp: string; readonly tries: 'first' | 'again' }
  | {
      readonly page: 'imported'
      readonly ncp: string
      readonly results: number
      readonly ects?: string
      readonly receipt: string
      readonly leave?: string
    }
  | {
      readonly page: 'ended'
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
  readonly home: { readonly givenNames: string; readonly familyName: string; readonly birthDate?: string }
  readonly document: VerifiedElmo
}

export type StaffPage =
  | { readonly page: 'staff-login-failed'; readonly code: ReasonCode }
  | { readonly page: 'staff-cases'; readonly cases: readonly StaffCase[]; readonly done?: 'accepted' | 'refused' }
