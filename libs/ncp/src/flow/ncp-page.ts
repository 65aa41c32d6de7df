import type { OfferedLogin, ReasonCode, ShownLink, ShownProof, TransferReceipt } from '@emrex-gateway/core'
import type { Elmo } from '@emrex-gateway/elmo'
import type { CollectedPlace } from './source-reading.js'
import type { Gap, NcpRequest, SourceNotice } from './ncp-transfer.js'

type Receiver = NcpRequest['receiver']

/** The pages of the NCP as plain data, with `leave` the name of the login that the person can still leave; `pages/` turns each into HTML. */
export type NcpPage =
  /** The receiver is not known here: does the person really want to send to this host? */
  | { readonly page: 'confirm-receiver'; readonly receiver: Receiver }
  | {
      readonly page: 'choose-login'
      readonly receiver: Receiver
      readonly logins: readonly OfferedLogin[]
    }
  | {
      readonly page: 'login-failed'
      readonly receiver: Receiver
      readonly code: ReasonCode
      readonly login: string
      readonly logins: readonly OfferedLogin[]
    }
  | { readonly page: 'second-proof'; readonly receiver: Receiver; readonly proof: ShownProof }
  /** The results are being read; the page renews itself. */
  | { readonly page: 'collecting'; readonly places: readonly CollectedPlace[] }
  | {
      readonly page: 'select-results'
      readonly receiver: Receiver
      readonly elmo: Elmo
      readonly gaps: readonly Gap[]
      /** What the sources had to leave out. */
      readonly notices?: readonly SourceNotice[]
      /** The receiver wants everything or nothing. */
      readonly wholeOnly?: true
      /** Titles of attachments that could not be read just now. */
      readonly unread?: readonly string[]
      /** Links that the person was found by, and may remove. */
      readonly links?: readonly ShownLink[]
      /** Ids of the results that are ticked; absent = all of them. */
      readonly chosen?: readonly string[]
      readonly mistake?: 'nothing-chosen'
    }
  /** Rendered from the signed bytes themselves. */
  | {
      readonly page: 'preview'
      readonly receiver: Receiver
      readonly elmo: Elmo
      readonly requestedAt: string
      /** Names the bytes that are shown: the button sends these and no others. */
      readonly document: string
      /** It holds a transcript, which can be read before it is sent. */
      readonly transcript?: true
    }
  /** Handed over; can be handed over again for some minutes. */
  | {
      readonly page: 'sent'
      readonly receiver: Receiver
      readonly again: boolean
      /** Number of the receipt. */
      readonly receipt?: string
      readonly leave?: string
    }
  /** It ends without results: why, and the way back. */
  | {
      readonly page: 'answering'
      readonly receiver: Receiver
      readonly code: ReasonCode
      readonly institutions: readonly string[]
      /** Where nothing could be read, and what happened there. */
      readonly gaps?: readonly Gap[]
      readonly leave?: string
    }
  | { readonly page: 'ended'; readonly code: ReasonCode; readonly receipt?: string }
  /** `until` is an ISO instant. */
  | { readonly page: 'receipt'; readonly receipt: TransferReceipt; readonly signed: boolean; readonly until: string }
