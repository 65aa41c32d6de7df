import type { Claim, Identity, Loa } from '../identity.js'

/** Who logged in, as their login names them. The store keeps only a keyed hash of it. */
export type LinkSubject = Pick<Identity, 'provider' | 'issuer' | 'subject'>

/** A student of one SIS. */
export interface LinkedStudent {
  /** The key that the SIS gave (`Enrolment.person`). */
  readonly person: string
  /** Code of the institution. */
  readonly institution: string
}

/** How a link was proved: by a code to the address on file, of which only the masked form is kept, or by another login. */
export type LinkProof =
  { readonly by: 'code'; readonly sentTo: string } | { readonly by: 'login'; readonly login: string }

export interface NewLink {
  readonly student: LinkedStudent
  /** What the SIS finds the student by. */
  readonly claims: readonly Claim[]
  readonly proof: LinkProof
  /** Level of assurance of the login when it was linked. */
  readonly loa: Loa | 'none'
}

/** "This login is this student", proved once. Everything but the times is sealed. */
export interface LoginLink extends NewLink {
  /** Random. */
  readonly id: string
  /** Epoch milliseconds. */
  readonly linkedAt: number
  readonly usedAt: number
}

/** Links from logins to students, per SIS. A link that nobody uses dies (`defaults.linkUnusedDays`). */
export interface LoginLinks {
  find(subject: LinkSubject, system: string): Promise<LoginLink | undefined>
  /**
   * Links a login to a student; an earlier link of the same login is replaced. `undefined`, and nothing is changed, where
   * another login is linked to that student and the evidence is not a national identifier (`tier1`): nobody takes a
   * record over by adding a weak login.
   */
  add(
    subject: LinkSubject,
    system: string,
    link: NewLink,
    evidence: { readonly tier1: boolean },
  ): Promise<LoginLink | undefined>
  /** It was used now: it lives on. */
  touch(id: string): Promise<void>
  /** On request of the person. Removing what is gone changes nothing. */
  remove(id: string): Promise<void>
}

/** What is counted about second proofs: codes that were asked for, and codes that were typed. */
export type AttemptKind = 'asked' | 'typed'

/** Attempts per login and SIS, so that nobody tries on: the third one of a kind locks the kind, for a day from then. */
export interface ProofAttempts {
  /** Counts one more, before it is judged; false where it must not be judged any more. */
  count(subject: LinkSubject, system: string, kind: AttemptKind): Promise<boolean>
  /** Whether the next attempt of this kind would be refused. Counts nothing. */
  isLocked(subject: LinkSubject, system: string, kind: AttemptKind): Promise<boolean>
  /** Counts one less: it could not be judged, because a SIS failed. */
  giveBack(subject: LinkSubject, system: string, kind: AttemptKind): Promise<void>
  /** A proof succeeded: what was counted is forgotten. */
  forget(subject: LinkSubject, system: string): Promise<void>
}
