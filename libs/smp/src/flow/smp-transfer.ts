import type {
  Enrolment,
  Identity,
  ImportTarget,
  MatchResult,
  PendingLogin,
  ProofStep,
  ReasonCode,
  RegistryEntry,
  ReturnCode,
  ShownLink,
  Transfer,
} from '@emrex-gateway/core'

/** The person at home: who logged in, and which of our students that is. */
interface Person {
  readonly identity: Identity
  readonly owner: Enrolment
}

/** The NCP that was asked, with the certificates that it had then, and what was sent to it. */
interface Asked extends Person {
  readonly ncp: RegistryEntry
  readonly sessionId: string
}

/** A document that was verified, and what was found about it. The bytes lie beside the state as the body `document`. */
export interface Judged extends Asked {
  readonly receivedAt: string
  /** Named tolerances that were used to read the answer. */
  readonly deviations: readonly string[]
  readonly match: MatchResult
  readonly deliveryId: string
  /** The last day of the SHA-1 exception by which it was verified: the settings may have lost it since. */
  readonly sha1Until?: string
}

/** Why a person at the university must decide; codes, never values. */
export type CaseReason = 'match-unsure' | 'document-not-fresh'

/** The states of a transfer at the SMP. */
export type SmpState =
  | { readonly state: 'started' }
  | { readonly state: 'login'; readonly login: PendingLogin }
  | { readonly state: 'login-failed'; readonly login: string; readonly code: ReasonCode }
  /** The login does not suffice: a second proof is asked for. */
  | { readonly state: 'proving'; readonly identity: Identity; readonly proof: ProofStep }
  /** `link`: the one that the person was found by. */
  | (Person & { readonly state: 'identified'; readonly link?: ShownLink })
  /** `link` stays for the person who chooses again. */
  | (Asked & { readonly state: 'asked'; readonly link?: ShownLink })
  /** The answer has arrived without the browser's cookie; the packed document lies sealed as the body `answer`. */
  | (Asked & {
      readonly state: 'answered'
      readonly receivedAt: string
      readonly returnCode: ReturnCode | 'UNKNOWN'
      readonly rawCode?: string
      readonly returnMessage?: string
      readonly judgement: { readonly use: 'document' } | { readonly end: ReasonCode }
      readonly deviations: readonly string[]
    })
  | (Judged & { readonly state: 'review' })
  | (Judged & { readonly state: 'needs-staff'; readonly why: readonly CaseReason[] })
  | (Judged & { readonly state: 'decided'; readonly decidedBy: 'student' | 'staff' })
  /** After the end nothing personal is left; what an NCP said lies beside it for some minutes, as the body `message`. */
  | {
      readonly state: 'delivered'
      readonly code: 'COMPLETED'
      readonly ncp: string
      readonly results: number
      readonly ects?: string
      readonly receipt: string
      /** How the SIS takes results: a `case` is not imported, staff decide about it. */
      readonly mode: ImportTarget['can']['mode']
      /** The SIS said that it took over all of it. Else that is decided there, and we are not told. */
      readonly isRecorded: boolean
    }
  | {
      readonly state: 'ended'
      readonly code: ReasonCode
      readonly ncp?: string
      readonly fields?: readonly string[]
    }

export type SmpTransfer<Name extends SmpState['state'] = SmpState['state']> = Transfer<
  Extract<SmpState, { state: Name }>
>

/** The transfer, if it is in one of these states. */
export function isIn<Name extends SmpState['state']>(
  transfer: Transfer<SmpState>,
  ...names: Name[]
): transfer is SmpTransfer<Name> {
  return (names as string[]).includes(transfer.state.state)
}

/** The person stopped or chose again before an answer came: an end by an answer names its NCP. */
export const isWithdrawn = (transfer: Transfer<SmpState>): boolean =>
  isIn(transfer, 'identified', 'asked') || (isIn(transfer, 'ended') && transfer.state.ncp === undefined)

/** What was found about a document, without the rest of the state that it came with. */
export const asJudged = ({
  identity,
  owner,
  ncp,
  sessionId,
  receivedAt,
  deviations,
  match,
  deliveryId,
  sha1Until,
}: Judged): Judged => ({
  identity,
  owner,
  ncp,
  sessionId,
  receivedAt,
  deviations,
  match,
  deliveryId,
  ...(sha1Until === undefined ? {} : { sha1Until }),
})
