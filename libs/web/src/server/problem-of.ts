import { reasonOf, reasonRow, type ReasonCode } from '@emrex-gateway/core'

/** What went wrong, as the outside may know it. */
export interface Problem {
  readonly code: ReasonCode
  readonly status: number
}

/**
 * The problem behind anything that was thrown: our own errors by the table of reasons, errors of the web server by their
 * HTTP status, everything else as INTERNAL.
 */
export function problemOf(error: unknown): Problem {
  const code = reasonOf(error)
  const httpStatus = code === 'INTERNAL' ? clientErrorStatus(error) : undefined
  if (httpStatus === undefined) return { code, status: reasonRow(code).status }
  return { code: codeOfStatus(httpStatus), status: httpStatus }
}

function clientErrorStatus(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined
}

function codeOfStatus(status: number): ReasonCode {
  if (status === 404 || status === 405) return 'PAGE_UNKNOWN'
  // The limits of an application that embeds a role.
  if (status === 429) return 'TOO_MANY_REQUESTS'
  return status === 413 ? 'BODY_TOO_LARGE' : 'REQUEST_MALFORMED'
}
