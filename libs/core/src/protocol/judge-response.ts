import type { ReasonCode } from '../reason-codes.js'
import type { TransferResponse } from './transfer-response.js'

/** What an answer leads to: its document is looked at, or the transfer ends with a reason. */
export type ResponseJudgement = { readonly use: 'document'; readonly elmo: string } | { readonly end: ReasonCode }

type Row = { readonly withElmo: ReasonCode | 'document'; readonly withoutElmo: ReasonCode }

const rows: Record<TransferResponse['returnCode'] | 'MISSING', Row> = {
  OK: { withElmo: 'document', withoutElmo: 'ANSWER_MALFORMED' },
  // No code but a document: the signature decides, and the deviation stands in the audit.
  MISSING: { withElmo: 'document', withoutElmo: 'ANSWER_MALFORMED' },
  // A document that comes with "it failed", "there is nothing" or "the student said no" was not released: never used.
  ERROR: { withElmo: 'NCP_ERROR', withoutElmo: 'NCP_ERROR' },
  NO_RESULTS: { withElmo: 'NO_RESULTS', withoutElmo: 'NO_RESULTS' },
  CANCEL: { withElmo: 'USER_CANCEL', withoutElmo: 'USER_CANCEL' },
  UNKNOWN: { withElmo: 'NCP_ERROR', withoutElmo: 'NCP_ERROR' },
}

/**
 * Every combination of return code and document, each with its one outcome. Pure; proves nothing about the document.
 *
 * Spec: EMREX implementation guide, return codes ("subject to change": an unknown one is an error).
 */
export function judgeResponse(response: TransferResponse): ResponseJudgement {
  const { returnCode, rawCode, elmo } = response
  const row = rows[returnCode === 'UNKNOWN' && rawCode === undefined ? 'MISSING' : returnCode]
  if (elmo === undefined) return { end: row.withoutElmo }
  return row.withElmo === 'document' ? { use: 'document', elmo } : { end: row.withElmo }
}
