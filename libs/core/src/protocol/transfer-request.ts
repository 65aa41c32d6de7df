import type { HandOff } from '../browser-action.js'
/** The request of an SMP to an NCP. */
export interface TransferRequest {
  readonly sessionId: string
  readonly returnUrl: string
  readonly deviations: readonly string[]
}
/** What our SMP sends: posts `sessionId` and `returnUrl` to the address of the NCP, verbatim. */
export function createTransferRequest(
  ncpUrl: string,
  request: { sessionId: string; returnUrl: string },
): HandOff & { kind: 'post' } {
  throw new Error('not built yet')
}
/** @throws {EmrexError} REQUEST_MALFORMED */
export function parseTransferRequest(form: ReadonlyMap<string, string>): TransferRequest {
  throw new Error('not built yet')
}
