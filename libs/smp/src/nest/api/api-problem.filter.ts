import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { errorFacts } from '@emrex-gateway/core'
import { frameOf, problemOf, sayWhenAgain, translator, webOptions, type WebOptions } from '@emrex-gateway/web'
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { Request, Response } from 'express'
import { OrderError } from '../../api/order.js'
import { SmpEntries } from '../smp-entries.js'
import { callerWords } from './caller-words.js'

/** The end of every call that was refused: problem details, whatever was asked for. Spec: RFC 9457. */
@Catch()
export class ApiProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(webOptions) private readonly options: WebOptions,
    @Inject(SmpEntries) private readonly entries: SmpEntries,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>()
    const response = host.switchToHttp().getResponse<Response>()
    const { code, status } = problemOf(error)
    const reference = randomBytes(6).toString('hex')
    const level = status >= 500 ? 'error' : 'info'
    this.options.log[level]('problem.shown', { code, status, reference, method: request.method, ...errorFacts(error) })
    if (response.headersSent) return void response.destroy()
    sayWhenAgain(response, { code, status })
    // The rest of a refused body is still on its way.
    if (!request.complete) {
      response.shouldKeepAlive = true
      request.resume()
    }
    const { title, detail, next } = callerWords(code, translator(frameOf(request, { name: '' }).language))
    const publicUrl = this.entries.publicUrlOf(String(request.params['entry']))
    response.statusCode = status
    response.setHeader('Content-Type', 'application/problem+json')
    response.setHeader('Cache-Control', 'no-store')
    if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer realm="import-api"')
    response.end(
      JSON.stringify({
        type: publicUrl === undefined ? 'about:blank' : `${publicUrl}/api/problems/${code}`,
        ...{ title, status, detail, code, next, reference },
        ...(error instanceof OrderError ? { errors: error.errors } : {}),
      }),
    )
  }
}
