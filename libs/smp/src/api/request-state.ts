import type { DeliveryTrust, MatchResult, ReasonCode, Transfer } from '@emrex-gateway/core'
import type { CertificateFacts } from '@emrex-gateway/elmo'
import type { Order } from './order.js'
import type { ResultExtent, ResultField } from './result-fields.js'

/** What is known of a request as long as it can still bring results. */
interface Open {
  readonly client: string
  readonly order: Order
  readonly fingerprint: string
}

/** What was checked about a result; nothing of the person. */
export interface ResultFacts {
  /** When the applicant's browser brought the document. */
  readonly receivedAt: string
  /** As the document says. */
  readonly generatedAt: string
  readonly ncp: { readonly name: string; readonly country: string }
  readonly signer?: Pick<CertificateFacts, 'subject' | 'issuer' | 'sha256Fingerprint' | 'notAfter'>
  /** Of the bytes that were signed, hexadecimal. */
  readonly documentSha256: string
  readonly notices: readonly string[]
  readonly extent: ResultExtent
  readonly person: Pick<MatchResult, 'verdict' | 'reasons'> & {
    /** What the document was compared with. */
    readonly by: readonly ('login' | 'order')[]
  }
  /** Id of the delivery: the same document for the same request has the same. */
  readonly receipt: string
}

/** The states of a request. One that is over holds nothing of the applicant. */
export type RequestState =
  /**
   * SHA-256 of each link that is still good, base64url. `links`: the newest that the client got. `reminders`: those of the
   * reminders, one for each attempt to send one; they are apart, so that a mail that reached nobody voids no link.
   */
  | (Open & { readonly state: 'waiting'; readonly links: readonly string[]; readonly reminders?: readonly string[] })
  /** A transfer is under way. */
  | (Open & { readonly state: 'opened'; readonly transfer: string })
  /** It ended without results; another link may be taken. */
  | (Open & { readonly state: 'failed'; readonly transfer: string; readonly code: ReasonCode })
  | {
      readonly state: 'completed'
      readonly client: string
      readonly transfer: string
      readonly fingerprint: string
      readonly purpose: string
      readonly fields: readonly ResultField[]
      readonly retentionDays: number
      readonly language: string
      readonly reference?: string
      /** When the applicant agreed. */
      readonly agreedAt: string
      readonly facts: ResultFacts
      /** `document`: the signed bytes, verified each time by `trust`. `fields`: what was read out of them on arrival. */
      readonly kept: { readonly what: 'fields' } | { readonly what: 'document'; readonly trust: DeliveryTrust }
    }
  | { readonly state: 'declined'; readonly client: string; readonly code: 'USER_DECLINED' }
  | { readonly state: 'expired'; readonly client: string; readonly code: 'REQUEST_EXPIRED' }
  | { readonly state: 'deleted'; readonly client: string; readonly code: 'REQUEST_DELETED' }

export type RequestStatus = RequestState['state']
export type RequestRecord<Name extends RequestStatus = RequestStatus> = Transfer<Extract<RequestState, { state: Name }>>

/** The record, if it is in one of these states. */
export const isRequestIn = <Name extends RequestStatus>(
  record: Transfer<RequestState>,
  ...names: Name[]
): record is RequestRecord<Name> => (names as string[]).includes(record.state.state)
