import { subscribe } from 'node:diagnostics_channel'

/** Under this header the students say which transfer a request belongs to. The gateway knows nothing of it. */
export const transferHeader = 'x-bench-transfer'

/**
 * What a process of a gateway used.
 *
 * @typedef {object} Usage
 * @property {number} cpuMs since its start
 * @property {number} rssBytes now
 * @property {number} peakBytes since its start
 * @property {Readonly<Record<string, { milliseconds: number, requests: number }>>} times server time by transfer, since
 *   the last question
 * @property {readonly number[]} requestMs server time of each request, since the last question
 */

/**
 * From now on, measures in this process how long each request is under way, from its arrival to the end of its answer.
 *
 * @returns {() => Usage} asks, and forgets the times
 */
export function tellUsage() {
  /** @type {Map<string, { milliseconds: number, requests: number }>} */
  const times = new Map()
  /** @type {number[]} */
  let requestMs = []
  subscribe('http.server.request.start', (message) => {
    const { request, response } =
      /** @type {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse }} */ (
        message
      )
    const transfer = request.headers[transferHeader]
    if (typeof transfer !== 'string') return
    const began = performance.now()
    response.once('close', () => {
      const took = performance.now() - began
      const { milliseconds, requests } = times.get(transfer) ?? { milliseconds: 0, requests: 0 }
      times.set(transfer, { milliseconds: milliseconds + took, requests: requests + 1 })
      requestMs.push(took)
    })
  })
  return () => {
    const { user, system } = process.cpuUsage()
    const usage = {
      cpuMs: (user + system) / 1000,
      rssBytes: process.memoryUsage.rss(),
      // In kilobytes, whatever the system.
      peakBytes: process.resourceUsage().maxRSS * 1024,
      times: Object.fromEntries(times),
      requestMs,
    }
    times.clear()
    requestMs = []
    return usage
  }
}
