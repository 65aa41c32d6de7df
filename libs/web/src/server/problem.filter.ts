import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { EmrexError, errorFacts } from '@emrex-gateway/core'
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { Request, Response } from 'express'
import { setPageHeaders } from '../pages/page-headers.js'
import { problemPage } from '../pages/problem-page.js'
import { sendPage } from '../pages/send-page.js'
import { translator } from '../texts/translator.js'
import { frameOf } from './frame-of.js'
import { problemOf, type Problem } from './problem-of.js'
import { webOptions, type WebOptions } from './web-options.js'
import { wantsJson } from './wants-json.js'

/**
 * The end of every request that threw: a page (or JSON, for who asks for JSON alone) from the one table of reasons, and a
 * log line with the same reference number. The message of the error reaches nobody outside; that of an error which is
 * not ours reaches not even the log, for it may name a person.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(webOptions) private readonly options: WebOptions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>()
    const response = host.switchToHttp().getResponse<Response>()
    const problem = problemOf(error)
    const reference = randomBytes(6).toString('hex')
    const level = problem.status >= 500 ? 'error' : 'info'
    this.options.log[level]('problem.shown', { ...problem, reference, method: request.method, ...errorFacts(error) })

    // The rest of a refused body is still on its way: a connection closed now would take the answer with it.
    if (!request.complete) response.shouldKeepAlive = true
    // Half an answer cannot become a page; a broken connection at least does not look complete.
    if (response.headersSent) response.destroy()
    else if (wantsJson(request.headers.accept)) sendProblemJson(request, response, problem, reference)
    else {
      const site = this.options.siteOf?.(request.path) ?? this.options.site
      const seeAt = error instanceof EmrexError ? error.seeAt : undefined
      sendPage(response, problemPage(problem.code, frameOf(request, site), { ...problem, reference, seeAt }))
    }
  }
}

/** Spec: RFC 9457, with `code`, `next` and `reference` added. */
function sendProblemJson(request: Request, response: Response, { code, status }: Problem, reference: string): void {
  const t = translator(frameOf(request, { name: '' }).language)
  const body = {
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
