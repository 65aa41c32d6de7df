import type { Log, LogFields } from '@emrex-gateway/core'
import { pino, type DestinationStream } from 'pino'
import { redacted } from './redacted.js'

/** A log, and how many of its lines could not be written. */
export interface GatewayLog extends Log {
  /** Called for each failure to write; the gateway goes on without its log. */
  onFailure(told: () => void): void
}

/**
 * The log of the gateway: JSON lines. Callers give codes, counts and references; pino adds level and time. What a plugin
 * gives by mistake is taken out by its name and by its look. A full disk, or a reader that went away, costs lines and
 * nothing else.
 */
export function createLog(level: string, destination?: DestinationStream): GatewayLog {
  const listeners: (() => void)[] = []
  const standard = destination === undefined ? pino.destination({ dest: 1, sync: true }) : undefined
  standard?.on('error', () => listeners.forEach((told) => told()))
  const logger = pino({ level, base: null }, (destination ?? standard)!)
  const write = (at: 'debug' | 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    if (!logger.isLevelEnabled(at)) return
    try {
      logger[at]({ event, ...redacted(fields) })
    } catch {
      listeners.forEach((told) => told())
    }
  }
  return {
    ...{ debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') },
    onFailure: (told) => void listeners.push(told),
  }
}
