import type { HandOff } from '../browser-action.js'
import { EmrexError } from '../emrex-error.js'
import { defaults } from '../numbers.js'
import type { ReturnCode } from '../reason-codes.js'
import { isSessionId } from './is-session-id.js'
import { plainMessage } from './plain-message.js'
import { readReturnCode } from './read-return-code.js'

/**
 * What is tolerated in an answer; `docs/protocol.md` explains each. Each was seen in a published NCP or is allowed by one of the two guides.
 *
 * - `return-code-emp-spelling`: `EMP_OK` and so on, the names of the guide of 2022; clients must take both.
 * - `return-code-odd-case`: other than upper case, or blanks around it; the Finnish client takes any case.
 * - `return-code-missing`: a Scala test NCP sends only `sessionId` and `elmo`.
 * - `return-code-unknown`: the guide calls its list "subject to change".
 * - `return-message-missing`: the newer Finnish NCP leaves it out.
 * - `return-message-cleaned`: line breaks, control characters or direction marks were taken out.
 * - `return-message-cut`: longer than what is kept.
 * - `elmo-missing`: OK (or no code at all) without a document.
 * - `elmo-unexpected`: a document with another code than OK; it is not used.
 */
export const responseDeviations = [
  'return-code-emp-spelling',
  'return-code-odd-case',
  'return-code-missing',
  'return-code-unknown',
  'return-message-missing',
  'return-message-cleaned',
  'return-message-cut',
  'elmo-missing',
  'elmo-unexpected',
] as const
export type ResponseDeviation = (typeof responseDeviations)[number]

/** The answer of an NCP. */
export interface TransferResponse {
  readonly sessionId: string
  /** UNKNOWN with what was written in `rawCode`; without `rawCode` when no code came at all. */
  readonly returnCode: ReturnCode | 'UNKNOWN'
  /** Printable ASCII, cut; never one of the known codes. */
  readonly rawCode?: string
  /** Free of control characters; text of the other side, never markup. */
  readonly returnMessage?: string
  /** The packed document as it came; never empty. */
  readonly elmo?: string
  readonly deviations: readonly ResponseDeviation[]
}

/**
 * What our NCP sends: always all four fields, `sessionId` echoed unchanged, the code spelled NCP_*, `elmo` empty when there
 * is none. `returnUrl` is used as it stands: it may hold a query string.
 *
 * Spec: EMREX technical guide, response; EMREX implementation guide, "return codes" (clients take both spellings).
 * @throws {EmrexError} INTERNAL for OK without a document, or a document with another code.
 */
export function createTransferResponse(
  to: { sessionId: string; returnUrl: string },
  answer: { returnCode: ReturnCode; returnMessage?: string; elmo?: string },
): HandOff & { kind: 'post' } {
  const { returnCode, returnMessage = '', elmo = '' } = answer
  if ((returnCode === 'OK') !== (elmo !== '')) throw new EmrexError('INTERNAL', 'return code and document disagree')
  const fields = { sessionId: to.sessionId, returnCode: `NCP_${returnCode}`, returnMessage, elmo }
  return { kind: 'post', url: to.returnUrl, fields }
}

/**
 * Reads the answer of an NCP. Only `sessionId` must be there: what the rest is worth is said by `judgeResponse`.
 * Fields that we do not know are ignored.
 *
 * Spec: EMREX technical guide, response; EMREX implementation guide, response and return codes.
 * @throws {EmrexError} ANSWER_MALFORMED when `sessionId` is not 1 to 255 printable ASCII characters.
 */
export function parseTransferResponse(form: ReadonlyMap<string, string>): TransferResponse {
  const sessionId = form.get('sessionId') ?? ''
  if (!isSessionId(sessionId)) throw new EmrexError('ANSWER_MALFORMED', 'sessionId is missing or not usable')
  const code = readReturnCode(form.get('returnCode') ?? '')
  const deviations: ResponseDeviation[] = [...code.deviations]

  const written = form.get('returnMessage')
  const message = plainMessage(written ?? '')
  if (written === undefined) deviations.push('return-message-missing')
  else if (written.length > defaults.returnMessageMaxKept) deviations.push('return-message-cut')
  else if (written !== message) deviations.push('return-message-cleaned')

  const elmo = form.get('elmo') || undefined
  const mayHoldElmo = code.returnCode === 'OK' || deviations.includes('return-code-missing')
  if (mayHoldElmo && elmo === undefined) deviations.push('elmo-missing')
  if (!mayHoldElmo && elmo !== undefined) deviations.push('elmo-unexpected')

  const texts = { ...(message === '' ? {} : { returnMessage: message }), ...(elmo === undefined ? {} : { elmo }) }
  return { sessionId, ...code, ...texts, deviations }
}
