import type { IncomingMessage } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'
import { parseForm } from './parse-form.js'
import { readBody } from './read-body.js'

/**
 * The fields of a posted form. A body that is too large is refused while it is read, or before when its length is
 * declared; what still comes in is thrown away, so that the answer reaches the browser. (`ProblemFilter` also keeps the
 * connection open for it; who answers in another way sets `response.shouldKeepAlive`.)
 *
 * A body that the application's own parser read before is taken from there; its limit held then. An application of ours is
 * created with `bodyParser: false`. How long a body may take is the server's `requestTimeout` (see `hardenServer`).
 *
 * @throws {EmrexError} BODY_TOO_LARGE; BUSY (see `readBody`); REQUEST_MALFORMED for another content type, a duplicated
 * field, too many fields, text that is not UTF-8, and a body that ends early.
 */
export async function readForm(
  request: IncomingMessage,
  limits: { readonly maxBytes: number },
): Promise<ReadonlyMap<string, string>> {
  try {
    demandPlainForm(request)
    if (request.readableEnded) return fieldsOfParsed((request as { body?: unknown }).body)
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

/** What an Express body parser made of the form: a field that stood twice is a list there. */
function fieldsOfParsed(body: unknown): ReadonlyMap<string, string> {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body as Record<string, unknown>) : []
  return new Map(
    fields.map(([name, value]) => {
      if (typeof value !== 'string') throw new EmrexError('REQUEST_MALFORMED', 'A field of the form stands twice')
      return [name, value]
    }),
  )
}
