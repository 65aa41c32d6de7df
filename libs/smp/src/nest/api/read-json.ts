import { defaults, EmrexError } from '@emrex-gateway/core'
import { readBody } from '@emrex-gateway/web'
import type { Request } from 'express'

/** The body of a call. @throws {EmrexError} BODY_TOO_LARGE, REQUEST_MALFORMED */
export async function readJson(request: Request): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new EmrexError('REQUEST_MALFORMED', 'a body must be sent as application/json')
  const bytes = await readBody(request, defaults.apiBodyMaxBytes)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new EmrexError('REQUEST_MALFORMED', 'a body that is no JSON')
  }
}
