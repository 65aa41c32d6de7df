import { monitorEventLoopDelay } from 'node:perf_hooks'
import { defaults, EmrexError } from '@emrex-gateway/core'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { entryRequest } from './entry-request.js'
import type { Metrics } from './metrics.js'

export interface LoadRules {
  /** Requests under way from which on no transfer is begun; at three times as many, next to nothing is taken. */
  readonly requests: number
  /** The same for the mean lateness of the event loop over the last second. */
  readonly lagMilliseconds: number
}

/** With fewer requests in a second a late event loop is somebody else's doing, or a single large document. */
const lagCountsFrom = 20
const lookMs = 1000

/**
 * Sends new transfers away while the machine has more to do than it can, or is about to stop, so that those that were
 * begun go on in time. An answer of an NCP is always taken: it belongs to a transfer that was begun.
 *
 * Two signs, because neither tells all: where the database is asked over a network, requests wait for it and pile up;
 * where it is a file, each is answered in one go, and what piles up are connections that nobody has looked at yet, which
 * shows in how late the event loop is.
 */
export class LoadGate {
  private underWay = 0
  private lagMs = 0
  private arriving = 0
  private arrived = 0
  private isDraining = false
  private readonly delay = monitorEventLoopDelay({ resolution: 20 })
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly entries: ReadonlySet<string>,
    private readonly metrics: Metrics,
    private readonly rules: LoadRules = {
      requests: defaults.busyRequests,
      lagMilliseconds: defaults.busyLagMilliseconds,
    },
  ) {
    this.delay.enable()
    this.timer = setInterval(() => {
      // The histogram counts whole pauses between two looks of its own.
      this.lagMs = Number.isNaN(this.delay.mean) ? 0 : Math.max(0, this.delay.mean / 1e6 - 20)
      this.delay.reset()
      this.arrived = this.arriving
      this.arriving = 0
    }, lookMs).unref()
  }

  get draining(): boolean {
    return this.isDraining
  }

  /** From now on no transfer is begun here. */
  drain(): void {
    this.isDraining = true
  }

  stop(): void {
    clearInterval(this.timer)
    this.delay.disable()
  }

  handler(): RequestHandler {
    return (request: Request, response: Response, next: NextFunction) => {
      this.arriving += 1
      this.count(request, response)
      const { what } = entryRequest(request.method, request.path, this.entries)
      const why = this.refusal(what === 'start', what === 'return' || /^\/(health|assets)\b/.test(request.path))
      if (why === undefined) return next()
      const seconds = Math.ceil(defaults.busyRetrySeconds * (1 + Math.random() / 2))
      response.setHeader('Retry-After', seconds)
      this.metrics.refused.inc({ why, what })
      next(new EmrexError('BUSY'))
    }
  }

  private refusal(begins: boolean, isAlwaysTaken: boolean): 'busy' | 'draining' | undefined {
    if (isAlwaysTaken) return undefined
    if (this.isDraining && begins) return 'draining'
    const isBusy =
      this.underWay > this.rules.requests || (this.lagMs > this.rules.lagMilliseconds && this.arrived > lagCountsFrom)
    if (isBusy && begins) return 'busy'
    return this.underWay > 3 * this.rules.requests ? 'busy' : undefined
  }

  /** One that is still arriving costs next to nothing, and must not count: slow clients could else keep all others out. */
  private count(request: Request, response: Response): void {
    const hasBody =
      request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
    if (hasBody) request.once('end', () => this.begin(response))
    else this.begin(response)
  }

  private begin(response: Response): void {
    if (response.closed) return
    this.underWay += 1
    this.metrics.httpUnderWay.set(this.underWay)
    response.once('close', () => {
      this.underWay -= 1
      this.metrics.httpUnderWay.set(this.underWay)
    })
  }
}
