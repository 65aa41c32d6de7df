import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { Metrics } from './metrics.js'
import type { Tracing } from './tracing.js'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts and times each answer by the template of its route, never by its path, and puts a span around it. */
export function observeHttp(metrics: Metrics, tracing: Tracing): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const method = methods.has(request.method) ? request.method : 'other'
    const begun = performance.now()
    tracing.open(method, (span) => {
      response.once('close', () => {
        const route = routeOf(request)
        // The other side went away before the answer.
        const status = response.writableFinished ? response.statusCode : 499
        metrics.httpRequests.inc({ method, route, status })
        metrics.httpSeconds.observe({ method, route }, (performance.now() - begun) / 1000)
        const attributes = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }
        span.end(`${method} ${route}`, attributes, status >= 500)
      })
      next()
    })
  }
}

/** Known once a route was found; nothing else has a name. */
function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown }
  return typeof path === 'string' ? `${request.baseUrl === '' ? '' : '…'}${path}` : 'none'
}
