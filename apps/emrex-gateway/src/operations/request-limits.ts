import { createHmac, hkdfSync } from 'node:crypto'
import { EmrexError, type Log } from '@emrex-gateway/core'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { addressKey } from './address-key.js'
import { entryRequest, type EntryRequest } from './entry-request.js'
import type { Metrics } from './metrics.js'

export interface LimitSettings {
  readonly windowSeconds: number
  readonly startsPerAddress: number
  readonly loginsPerAddress: number
  readonly returnsPerAddress: number
  readonly startsPerEntry: number
  readonly callsPerKey: number
}

export interface LimitHost {
  /** Ids as in paths, `ncp/ID` and `smp/ID`. */
  readonly entries: ReadonlySet<string>
  /** Where all instances count together (knex on PostgreSQL); absent = one instance, which counts in its memory. */
  readonly shared?: unknown
  /** Addresses are kept as hashes under it, the same at all instances. */
  readonly key: Uint8Array
  readonly metrics: Metrics
  readonly log: Log
}

type Limited = Exclude<EntryRequest['what'], 'other'>

/**
 * How often one address, and everybody together, may begin a transfer, log in, or bring an answer at an entry. Who comes
 * too often is told when to come again, and nothing was read or stored. When the shared count cannot be asked, each
 * instance counts for itself.
 */
export function requestLimits(settings: LimitSettings, host: LimitHost): RequestHandler {
  const { entries, metrics, log } = host
  const perAddress = {
    start: limiter('start', settings.startsPerAddress, settings, host),
    login: limiter('login', settings.loginsPerAddress, settings, host),
    return: limiter('return', settings.returnsPerAddress, settings, host),
  } satisfies Record<Limited, RateLimiterAbstract>
  const perEntry = limiter('entry', settings.startsPerEntry, settings, host)
  const hashing = Buffer.from(hkdfSync('sha256', host.key, new Uint8Array(), 'emrex-gateway limits', 32))
  const hash = (text: string) => createHmac('sha256', hashing).update(text).digest('base64url').slice(0, 22)
  let warned = false

  const check = async (request: Request, response: Response): Promise<void> => {
    const { what, entry } = entryRequest(request.method, request.path, entries)
    if (what === 'other' || entry === undefined) return
    const address = addressKey(request.ip ?? '')
    if (address === undefined && request.headers['x-forwarded-for'] !== undefined && !warned) {
      warned = true
      log.warn('limits.proxy-unknown', { hint: 'a proxy is in front that trustProxy does not name: nobody is limited' })
    }
    try {
      if (address !== undefined) await perAddress[what].consume(`${entry} ${hash(address)}`)
      if (what === 'start') await perEntry.consume(entry)
    } catch (refusal) {
      // Whatever the count cannot say, it is no reason to send somebody away.
      if (!(refusal instanceof RateLimiterRes)) return metrics.limitFailures.inc()
      response.setHeader('Retry-After', secondsUntil(refusal))
      metrics.refused.inc({ why: 'limit', what })
      throw new EmrexError('TOO_MANY_REQUESTS')
    }
  }
  return (request: Request, response: Response, next: NextFunction) => {
    check(request, response).then(() => next(), next)
  }
}

/**
 * How often one key of the import API may call at one entry. Gives the seconds until it may again, or undefined: it may. A
 * key that nobody was given is never counted, so that a stranger cannot use up the calls of somebody else.
 */
export function callLimit(
  settings: LimitSettings,
  host: LimitHost,
): (entry: string, key: string) => Promise<number | undefined> {
  const perKey = limiter('call', settings.callsPerKey, settings, host)
  return async (entry, key) => {
    try {
      await perKey.consume(`${entry} ${key}`)
      return undefined
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) return void host.metrics.limitFailures.inc()
      host.metrics.refused.inc({ why: 'limit', what: 'call' })
      return secondsUntil(refusal)
    }
  }
}

const secondsUntil = ({ msBeforeNext }: RateLimiterRes): number => Math.max(1, Math.ceil(msBeforeNext / 1000))

function limiter(name: string, points: number, { windowSeconds }: LimitSettings, host: LimitHost): RateLimiterAbstract {
  const own = new RateLimiterMemory({ keyPrefix: name, points, duration: windowSeconds })
  if (host.shared === undefined) return own
  // What falls back to the own count is counted, so that an operator can see it.
  const consume = own.consume.bind(own)
  own.consume = (...of) => {
    host.metrics.limitFailures.inc()
    return consume(...of)
  }
  return new RateLimiterPostgres({
    ...{ keyPrefix: name, points, duration: windowSeconds, insuranceLimiter: own },
    ...{ storeClient: host.shared, storeType: 'knex', tableName: 'emrex_limit', tableCreated: true },
    // The tidying of all tables does it.
    clearExpiredByTimeout: false,
    // Somebody who is over the limit costs the database nothing more.
    inMemoryBlockOnConsumed: points + 1,
  })
}
