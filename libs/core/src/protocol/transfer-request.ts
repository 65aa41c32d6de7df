import type { HandOff } from '../browser-action.js'
import { EmrexError } from '../emrex-error.js'
import { defaults } from '../numbers.js'
import { isSessionId } from './is-session-id.js'

/**
 * What is tolerated in a request; `docs/protocol.md` explains each.
 *
 * - `session-id-long`: longer than the guide's 32 characters; UUIDs with hyphens, as newer clients send them, have 36.
 * - `session-id-from-state-id`: `stateId` stands where `sessionId` should; a Dutch test client writes it so.
 * - `flag-unreadable`: a Polish extra field holds something else than `true` or `false`; it is left out.
 */
export const requestDeviations = ['session-id-long', 'session-id-from-state-id', 'flag-unreadable'] as const
export type RequestDeviation = (typeof requestDeviations)[number]

/** The request of an SMP to an NCP. */
export interface TransferRequest {
  /** Opaque; goes back unchanged. */
  readonly sessionId: string
  /** As received, query string included; `classifyReceiver` says whether it may be used. */
  readonly returnUrl: string
  /** Polish extension: false asks that the student sends everything or nothing. */
  readonly allowToPickCourses?: boolean
  /** Polish extension: true asks for failed courses too. */
  readonly allowNotPassedCourses?: boolean
  readonly deviations: readonly RequestDeviation[]
}

/**
 * What our SMP sends: posts `sessionId` and `returnUrl` to the address of the NCP, all three verbatim.
 *
 * Spec: EMREX implementation guide, request to the EMREX data provider.
 */
export const createTransferRequest = (
  ncpUrl: string,
  request: { sessionId: string; returnUrl: string },
): HandOff & { kind: 'post' } => ({
  kind: 'post',
  url: ncpUrl,
  fields: { sessionId: request.sessionId, returnUrl: request.returnUrl },
})

/**
 * Reads the request of an SMP. Fields that we do not know are ignored, as the guide announces further ones.
 *
 * Spec: EMREX implementation guide, request; emrex-elmo-extensions (Poland) for the two `allow` fields.
 * @throws {EmrexError} REQUEST_MALFORMED when a field is missing or `sessionId` is not 1 to 255 printable ASCII characters.
 */
export function parseTransferRequest(form: ReadonlyMap<string, string>): TransferRequest {
  const deviations: RequestDeviation[] = []
  const stateId = form.get('sessionId') ? undefined : form.get('stateId')
  const sessionId = stateId ?? form.get('sessionId') ?? ''
  const returnUrl = form.get('returnUrl') ?? ''
  if (!isSessionId(sessionId)) throw new EmrexError('REQUEST_MALFORMED', 'sessionId is missing or not usable')
  if (returnUrl === '') throw new EmrexError('REQUEST_MALFORMED', 'returnUrl is missing')
  if (stateId !== undefined) deviations.push('session-id-from-state-id')
  if (sessionId.length > defaults.sessionIdMaxLengthSent) deviations.push('session-id-long')
  const flags: { allowToPickCourses?: boolean; allowNotPassedCourses?: boolean } = {}
  for (const name of ['allowToPickCourses', 'allowNotPassedCourses'] as const) {
    const text = form.get(name)?.trim().toLowerCase()
    if (text === 'true' || text === 'false') flags[name] = text === 'true'
    else if (text !== undefined && !deviations.includes('flag-unreadable')) deviations.push('flag-unreadable')
  }
  return { sessionId, returnUrl, ...flags, deviations }
}
