import type { Log } from '@emrex-gateway/core'
import { pino, type DestinationStream } from 'pino'

/** The log of the gateway: JSON lines. Callers give codes, counts and references; pino adds level and time. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const logger = pino({ level, base: null }, destination ?? pino.destination(1))
  return {
    debug: (event, fields) => logger.debug({ event, ...fields }),
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  }
}
