import type { AuditEvent } from './ports/audit.js'

/** What our NCP answers to the SMP when a transfer ends so; `undefined` = no answer can be given. */
export type ReturnCode = 'OK' | 'ERROR' | 'NO_RESULTS' | 'CANCEL'

interface Row {
  /** HTTP status of the page that tells it. */
  readonly status: number
  readonly event: AuditEvent
  readonly returnCode: ReturnCode | undefined
  /** Whose move it is. */
  readonly mover: 'student' | 'home' | 'abroad' | 'staff' | 'operator' | 'nobody'
  /** now = the same click may work; later = wait; restart = begin a new transfer; never = trying again changes nothing. */
  readonly retry: 'now' | 'later' | 'restart' | 'never'
}

/**
 * Every way in which a transfer, or a request that belongs to none, can end: the one table behind audit, pages and the
 * answer to the other side. A page text per code stands in each language file; a missing one does not compile.
 *
 * Spec: reason-code taxonomy, completed for the ends that this software can reach (docs/reason-codes.md).
 */
export const reasons = {
  COMPLETED: { status: 200, event: 'transfer.ended', returnCode: 'OK', mover: 'nobody', retry: 'never' },
  NO_RESULTS: { status: 200, event: 'transfer.ended', returnCode: 'NO_RESULTS', mover: 'abroad', retry: 'later' },
  USER_CANCEL: { status: 200, event: 'transfer.cancelled', returnCode: 'CANCEL', mover: 'student', retry: 'restart' },
  USER_GONE: { status: 410, event: 'transfer.expired', returnCode: undefined, mover: 'student', retry: 'restart' },
  WRONG_INSTITUTION: { status: 422, event: 'transfer.ended', returnCode: 'CANCEL', mover: 'student', retry: 'now' },
  LOGIN_FAILED: { status: 403, event: 'login.failed', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  LOGIN_EXPIRED: { status: 403, event: 'login.failed', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  LOGIN_TOO_WEAK: { status: 403, event: 'login.failed', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  LOGIN_UNAVAILABLE: { status: 503, event: 'login.failed', returnCode: 'ERROR', mover: 'operator', retry: 'later' },
  ID_INSUFFICIENT: { status: 403, event: 'transfer.ended', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  ID_NOT_FOUND: { status: 404, event: 'transfer.ended', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  ID_AMBIGUOUS: { status: 409, event: 'transfer.ended', returnCode: 'ERROR', mover: 'staff', retry: 'never' },
  ID_MISMATCH: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'student', retry: 'restart' },
  NCP_ERROR: { status: 502, event: 'transfer.ended', returnCode: undefined, mover: 'abroad', retry: 'later' },
  NCP_UNKNOWN: { status: 404, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'now' },
  REGISTRY_STALE: { status: 503, event: 'transfer.ended', returnCode: undefined, mover: 'operator', retry: 'later' },
  SIGNATURE_MISSING: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'abroad', retry: 'never' },
  SIGNATURE_BAD: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'abroad', retry: 'restart' },
  SIGNATURE_WEAK: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'abroad', retry: 'never' },
  CERT_UNKNOWN: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'operator', retry: 'later' },
  DOC_TOO_LARGE: { status: 413, event: 'answer.rejected', returnCode: 'ERROR', mover: 'abroad', retry: 'never' },
  DOC_MALFORMED: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'abroad', retry: 'restart' },
  DOC_SCHEMA: { status: 422, event: 'answer.rejected', returnCode: 'ERROR', mover: 'operator', retry: 'never' },
  DUPLICATE: { status: 409, event: 'transfer.ended', returnCode: undefined, mover: 'nobody', retry: 'never' },
  STALE_DOC: { status: 422, event: 'answer.rejected', returnCode: undefined, mover: 'student', retry: 'restart' },
  SIS_DOWN: { status: 503, event: 'import.failed', returnCode: 'ERROR', mover: 'operator', retry: 'later' },
  SIS_FORBIDS: { status: 403, event: 'transfer.ended', returnCode: 'ERROR', mover: 'staff', retry: 'never' },
  SIS_REJECTED: { status: 422, event: 'import.failed', returnCode: 'ERROR', mover: 'staff', retry: 'never' },
  NEEDS_STAFF: { status: 200, event: 'case.opened', returnCode: undefined, mover: 'staff', retry: 'later' },
  STAFF_REFUSED: { status: 200, event: 'case.refused', returnCode: undefined, mover: 'student', retry: 'restart' },
  CASE_EXPIRED: { status: 410, event: 'case.expired', returnCode: undefined, mover: 'staff', retry: 'restart' },
  RECEIVER_REFUSED: { status: 400, event: 'receiver.refused', returnCode: undefined, mover: 'home', retry: 'never' },
  REQUEST_MALFORMED: { status: 400, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  ANSWER_MALFORMED: { status: 400, event: 'answer.rejected', returnCode: undefined, mover: 'abroad', retry: 'restart' },
  BODY_TOO_LARGE: { status: 413, event: 'answer.rejected', returnCode: undefined, mover: 'abroad', retry: 'never' },
  SESSION_UNKNOWN: { status: 404, event: 'answer.rejected', returnCode: undefined, mover: 'student', retry: 'restart' },
  SESSION_REPLAYED: { status: 409, event: 'answer.rejected', returnCode: undefined, mover: 'nobody', retry: 'never' },
  SESSION_CLOSED: { status: 410, event: 'answer.rejected', returnCode: undefined, mover: 'student', retry: 'restart' },
  OTHER_BROWSER: { status: 403, event: 'answer.rejected', returnCode: undefined, mover: 'student', retry: 'restart' },
  FORM_STALE: { status: 403, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'now' },
  TRANSFER_CHANGED: { status: 409, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'now' },
  TRANSFER_UNKNOWN: { status: 404, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'restart' },
  STAFF_ONLY: { status: 403, event: 'login.failed', returnCode: undefined, mover: 'staff', retry: 'never' },
  STAFF_SESSION_OVER: { status: 410, event: 'login.failed', returnCode: undefined, mover: 'staff', retry: 'restart' },
  PAGE_UNKNOWN: { status: 404, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'never' },
  TOO_MANY_REQUESTS: { status: 429, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'later' },
  BUSY: { status: 503, event: 'transfer.ended', returnCode: undefined, mover: 'operator', retry: 'later' },
  STORE_UNAVAILABLE: { status: 503, event: 'transfer.ended', returnCode: undefined, mover: 'operator', retry: 'later' },
  // The import API: ends of a request, and refusals of a call.
  USER_DECLINED: { status: 200, event: 'request.declined', returnCode: undefined, mover: 'nobody', retry: 'never' },
  LINK_UNKNOWN: { status: 404, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'never' },
  LINK_USED: { status: 410, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'restart' },
  REQUEST_EXPIRED: { status: 410, event: 'request.expired', returnCode: undefined, mover: 'home', retry: 'restart' },
  REQUEST_DELETED: { status: 410, event: 'request.deleted', returnCode: undefined, mover: 'home', retry: 'restart' },
  REQUEST_WITHDRAWN: { status: 410, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'restart' },
  REQUEST_UNKNOWN: { status: 404, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  REQUEST_PENDING: { status: 409, event: 'transfer.ended', returnCode: undefined, mover: 'student', retry: 'later' },
  REQUEST_CLOSED: { status: 409, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  ORDER_CONFLICT: { status: 422, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  API_KEY_REFUSED: { status: 401, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  API_SCOPE_MISSING: { status: 403, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  API_TOO_MANY_CALLS: { status: 429, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'later' },
  PURPOSE_FORBIDDEN: { status: 403, event: 'transfer.ended', returnCode: undefined, mover: 'home', retry: 'never' },
  INTERNAL: { status: 500, event: 'transfer.ended', returnCode: 'ERROR', mover: 'operator', retry: 'later' },
} as const satisfies Record<string, Row>

export type ReasonCode = keyof typeof reasons
export type ReasonRow = Row

export const reasonRow = (code: ReasonCode): Row => reasons[code]
