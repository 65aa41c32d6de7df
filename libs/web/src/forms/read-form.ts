import type { IncomingMessage } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'
import { parseForm } from './parse-form.js'
import { readBody } from './read-body.js'

/**
 * The fields of a posted form. A body that is too large is refused while it is read, or before when its length is
 * declared; what still comes in is thrown away, so that the answer reaches the browser. (`ProblemFilter` also keeps the
 * connection open for it; who answers in another way sets `response.shouldKeepAlive`.)
 *
 * The request must be unread: the application is created with `bodyParser: false`. How long a body may take is the
 * server's `requestTimeout` (see `hardenServer`).
 *
 * @throws {EmrexError} BODY_TOO_LARGE; REQUEST_MALFORMED for another content type, a duplicated field, too many fields,
 * text that is not UTF-8, and a body that ends early.
 */
export async function readForm(
  request: IncomingMessage,
  limits: { readonly maxBytes: number },
): Promise<ReadonlyMap<string, string>> {
  try {
    demandPlainForm(request)
    return parseForm(await readBody(request, limits.maxBytes))
  } finally {
    request.resume()
  }
}

function demandPlainForm({ headers }: IncomingMessage): void {
  const type = (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded')
    throw new EmrexError('REQUEST_MALFORMED', 'A form must be sent as application/x-www-form-urlencoded')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new EmrexError('REQUEST_MALFORMED', 'A form must not be compressed')
}
