import type { IncomingMessage } from 'node:http'

/** Path and query as the browser asked for them: Express rewrites `url` below a mount point. */
export const addressOf = (request: IncomingMessage): string =>
  (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/'

/** The path that was asked for, without the query. */
export const pathOf = (request: IncomingMessage): string => addressOf(request).split('?', 1)[0] ?? '/'
