import type {
  Grant,
  Identity,
  PendingLogin,
  ProofStep,
  ReasonCode,
  ReceiverClass,
  ReturnCode,
  ShownLink,
  SisErrorKind,
  Transfer,
} from '@emrex-gateway/core'

/** Who asked, and where the answer goes. `returnUrl` of the receiver is the only address that is used. */
export interface NcpRequest {
  readonly sessionId: string
  readonly receiver: Exclude<ReceiverClass, { kind: 'refuse' }>
  /** ISO instant; shown to the person as the time of the request. */
  readonly receivedAt: string
  /** What the receiver asks for beyond the standard (Polish extension), as far as it said so. */
  readonly wishes?: ReceiverWishes
}

export interface ReceiverWishes {
  /** False: everything or nothing. */
  readonly allowToPickCourses?: boolean
  /** True: failed results too; false: none, whatever the entry gives. */
  readonly allowNotPassedCourses?: boolean
}

/** Something that could not be read; told to the person, never a reason to fail the rest. */
export interface Gap {
  readonly institution: string
  readonly code: ReasonCode
  /** What happened there, where a SIS said so. */
  readonly kind?: SisErrorKind
}

/** What a source had to leave out of a report. */
export interface SourceNotice {
  readonly institution: string
  readonly notice: string
  readonly detail?: string
}

/** A document was made. */
interface Signed {
  /** PEM: the certificate of the key that signed it, which may be replaced before it is handed over. */
  readonly signedWith?: string
}

interface Asked {
  readonly request: NcpRequest
}

/** Results lie beside the state. `links` are those that the person was found by. */
interface Fetched extends Asked {
  readonly gaps: readonly Gap[]
  readonly notices?: readonly SourceNotice[]
  readonly links?: readonly ShownLink[]
}

/**
 * The states of a transfer at the NCP. Each holds what its next step needs and nothing more.
 *
 * Bodies beside the state: `results` (what was read from the SIS, until the end) and `document` (the signed bytes that
 * were shown, from the preview until some minutes after they were handed over).
 */
export type NcpState =
  | (Asked & { readonly state: 'requested' })
  | (Asked & { readonly state: 'login-due' })
  | (Asked & { readonly state: 'login'; readonly login: PendingLogin })
  | (Asked & { readonly state: 'login-failed'; readonly login: string; readonly code: ReasonCode })
  /** The results are read. `grant`: the student's leave, where the login gave one. */
  | (Asked & { readonly state: 'identified'; readonly identity: Identity; readonly grant?: Grant })
  /** The login does not suffice: a second proof is asked for. */
  | (Asked & { readonly state: 'proving'; readonly identity: Identity; readonly proof: ProofStep })
  /** `chosen` holds ids of results: of a choice that was made before and is changed now. */
  | (Fetched & {
      readonly state: 'fetched'
      readonly chosen?: readonly string[]
      /** Titles of attachments of the choice that could not be read. */
      readonly unread?: readonly string[]
    })
  | (Fetched & Signed & { readonly state: 'previewed'; readonly chosen: readonly string[] })
  | (Asked & Signed & { readonly state: 'sent'; readonly code: 'COMPLETED' })
  | (Asked & {
      readonly state: 'answering'
      readonly code: ReasonCode
      readonly returnCode: Exclude<ReturnCode, 'OK'>
      readonly institutions: readonly string[]
      /** Where nothing could be read, and what happened there. */
      readonly gaps?: readonly Gap[]
    })
  | { readonly state: 'ended'; readonly code: ReasonCode }

export type NcpTransfer<Name extends NcpState['state'] = NcpState['state']> = Transfer<
  Extract<NcpState, { state: Name }>
>

/** The transfer, if it is in one of these states. */
export function isIn<Name extends NcpState['state']>(
  transfer: Transfer<NcpState>,
  ...names: Name[]
): transfer is NcpTransfer<Name> {
  return (names as string[]).includes(transfer.state.state)
}
