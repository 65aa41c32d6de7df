import 'reflect-metadata'
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common'
import type { Request, Response } from 'express'
import { sendProblem } from './send-problem.js'
import { webOptions, type WebOptions } from './web-options.js'

/** The end of every request that threw (`sendProblem`). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(webOptions) private readonly options: WebOptions) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp()
    sendProblem(http.getRequest<Request>(), http.getResponse<Response>(), error, this.options)
  }
}
