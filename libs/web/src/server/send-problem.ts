import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { defaults, EmrexError, errorFacts } from '@emrex-gateway/core'
import { setPageHeaders } from '../pages/page-headers.js'
import { problemPage } from '../pages/problem-page.js'
import { sendPage } from '../pages/send-page.js'
import { translator } from '../texts/translator.js'
import { frameOf } from './frame-of.js'
import { problemOf, type Problem } from './problem-of.js'
import { pathOf } from './path-of.js'
import type { WebOptions } from './web-options.js'
import { wantsJson } from './wants-json.js'

/**
 * The end of a request that threw: a page (or JSON, for who asks for JSON alone) from the one table of reasons, and a log
 * line with the same reference number. The message of the error reaches nobody outside; that of an error which is not ours
 * reaches not even the log, for it may name a person.
 */
export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  { log, site, siteOf }: WebOptions,
): void {
  const problem = problemOf(error)
  const reference = randomBytes(6).toString('hex')
  const level = problem.status >= 500 ? 'error' : 'info'
  log[level]('problem.shown', { ...problem, reference, method: request.method, ...errorFacts(error) })

  // The rest of a refused body is still on its way: a connection closed now would take the answer with it.
  if (!request.complete) response.shouldKeepAlive = true
  sayWhenAgain(response, problem)
  // Half an answer cannot become a page; a broken connection at least does not look complete.
  if (response.headersSent) response.destroy()
  else if (wantsJson(request.headers)) sendProblemJson(request, response, problem, reference)
  else {
    const seeAt = error instanceof EmrexError ? error.seeAt : undefined
    const frame = frameOf(request, siteOf?.(pathOf(request)) ?? site)
    sendPage(response, problemPage(problem.code, frame, { ...problem, reference, seeAt }))
  }
}

/** So that whatever waits for us, and not the person, comes again by itself. Spec: RFC 9110, section 10.2.3. */
export function sayWhenAgain(response: ServerResponse, { code }: Problem): void {
  if (response.headersSent || response.hasHeader('Retry-After')) return
  if (code === 'STORE_UNAVAILABLE') response.setHeader('Retry-After', defaults.storeRetrySeconds)
  if (code === 'BUSY') response.setHeader('Retry-After', defaults.busyRetrySeconds)
}

/** Spec: RFC 9457, with `code`, `next` and `reference` added. */
function sendProblemJson(
  request: IncomingMessage,
  response: ServerResponse,
  { code, status }: Problem,
  reference: string,
): void {
  const t = translator(frameOf(request, { name: '' }).language)
  const body = {
    type: 'about:blank',
    title: t(`problem.${code}.title`),
    status,
    detail: t(`problem.${code}.what`),
    next: t(`problem.${code}.next`),
    code,
    reference,
  }
  setPageHeaders(response, { kind: 'self' })
  response.statusCode = status
  response.setHeader('Content-Type', 'application/problem+json')
  response.end(JSON.stringify(body))
}
