import type { VerifiedElmo } from '@emrex-gateway/elmo'
import type { Delivery, Receipt } from '../ports/sis-plugin.js'
import type { Transfer } from '../ports/transfer-store.js'

/** What is kept of an open case; the signed bytes and the files of the plugin lie beside it as sealed bodies. */
export interface OpenCase extends Pick<Delivery, 'owner' | 'match' | 'origin' | 'trust' | 'earlier'> {
  readonly state: 'open'
  /** The number that staff search for. */
  readonly reference: string
  readonly delivery: string
  readonly remark?: string
  readonly files: readonly { readonly name: string; readonly mediaType: string }[]
}

/** The states of a case. One that is over holds nothing but its number and how it ended. */
export type CaseState =
  | OpenCase
  | {
      readonly state: 'taken' | 'refused' | 'expired'
      readonly code: 'COMPLETED' | 'STAFF_REFUSED' | 'CASE_EXPIRED'
      readonly reference: string
      readonly delivery: string
    }

/** A case that waits, as a list shows it: without its document. */
export interface WaitingCase extends Omit<OpenCase, 'state' | 'delivery' | 'trust'> {
  readonly id: string
  /** Until then staff can look at it; then what it holds is deleted. Epoch milliseconds. */
  readonly expiresAt: number
}

/** The same with its document, verified just now from the bytes that were signed. */
export interface VerifiedCase extends WaitingCase {
  readonly document: VerifiedElmo
}

/** The reason code of each end. */
export const caseCodes = { taken: 'COMPLETED', refused: 'STAFF_REFUSED', expired: 'CASE_EXPIRED' } as const

export const isOpenState = (record: Transfer<CaseState>): record is Transfer<OpenCase> => record.state.state === 'open'

/** What a list may show. */
export function asWaiting({ id, expiresAt, state }: Transfer<OpenCase>): WaitingCase {
  const { state: _state, delivery: _delivery, trust: _trust, ...shown } = state
  return { id, expiresAt, ...shown }
}

/** What the plugin, and so the student, is told. */
export function receiptOf(state: CaseState): Receipt {
  const { reference, delivery: id } = state
  if (state.state === 'open') return { id, state: 'queued', reference }
  if (state.state === 'taken') return { id, state: 'accepted', reference }
  return { id, state: 'rejected', reference, reason: state.code }
}
