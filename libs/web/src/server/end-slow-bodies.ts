import type { IncomingMessage, Server } from 'node:http'
import { defaults } from '@emrex-gateway/core'

export interface SlowBodyRules {
  readonly minBytes: number
  readonly seconds: number
}

/**
 * Ends a connection whose request has begun and goes on arriving more slowly than the rules allow, looked at again and
 * again: a limit for the whole request must leave time for a large one on a slow line, and a trickle would use all of it.
 *
 * @param ended told of each connection that was ended.
 */
export function endSlowBodies(
  server: Server,
  ended: () => void = () => {},
  { minBytes, seconds }: SlowBodyRules = { minBytes: defaults.slowBodyMinBytes, seconds: defaults.slowBodySeconds },
): void {
  server.on('request', (request: IncomingMessage) => {
    if (request.complete) return
    const { socket } = request
    let before = socket.bytesRead
    const timer = setInterval(() => {
      if (request.complete || request.destroyed) return clearInterval(timer)
      // What we ourselves do not read must not count against the sender.
      const arrived = socket.bytesRead - before
      before = socket.bytesRead
      if (arrived >= minBytes || request.isPaused() || request.readableLength > 0) return
      clearInterval(timer)
      ended()
      socket.destroy()
    }, seconds * 1000).unref()
    request.once('close', () => clearInterval(timer))
  })
}
