/**
 * SQLSTATEs: connection exceptions, no room or no connection left, shutting down or starting up, a statement that was
 * given up, and a server that takes no writes any more. Spec: PostgreSQL, appendix A (error codes).
 */
const states = /^(08...|53...|57P..|57014|58030|25006)$/
/** What Node says of a connection. */
const ofNode = /^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/
/** What `pg` says without a code; knex may put the statement before it. */
const words =
  /(^| - )(Connection terminated|Client has encountered a connection error|Client was closed|timeout expired|Query read timeout|There was an error establishing an SSL connection)/

/** True when a question was fine, and the server could not be reached or could not take it at this moment. */
export function isServerAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown }
  if (typeof code === 'string') return states.test(code) || ofNode.test(code)
  return typeof message === 'string' && words.test(message)
}
