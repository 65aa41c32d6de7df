import { defaults } from '@emrex-gateway/core'
import { readBody } from '@emrex-gateway/web'
import type { Request } from 'express'
import { OrderError } from '../../api/order.js'

/** The body of a call. @throws {EmrexError} BODY_TOO_LARGE; REQUEST_MALFORMED with what is wrong with the body as a whole */
export async function readJson(request: Request): Promise<unknown> {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw malformed('must be sent as application/json')
  const bytes = await readBody(request, defaults.apiBodyMaxBytes)
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw malformed('must be JSON, in UTF-8')
  }
}

const malformed = (detail: string): OrderError => new OrderError('REQUEST_MALFORMED', [{ pointer: '', detail }])
