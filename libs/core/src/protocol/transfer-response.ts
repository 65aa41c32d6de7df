import type { HandOff } from '../browser-action.js'
import type { ReturnCode } from '../reason-codes.js'
export interface TransferResponse {
  readonly sessionId: string
  /** UNKNOWN with the raw code in `rawCode`. */
  readonly returnCode: ReturnCode | 'UNKNOWN'
  readonly rawCode?: string
  readonly returnMessage?: string
  readonly elmo?: string
  /** Named tolerances that were used. */
  readonly deviations: readonly string[]
}
/** What our NCP sends; codes are spelled NCP_*. */
export function createTransferResponse(
  to: { sessionId: string; returnUrl: string },
  answer: { returnCode: ReturnCode; returnMessage?: string; elmo?: string },
): HandOff & { kind: 'post' } {
  throw new Error('not built yet')
}
/** @throws {EmrexError} ANSWER_MALFORMED */
export function parseTransferResponse(form: ReadonlyMap<string, string>): TransferResponse {
  throw new Error('not built yet')
}
