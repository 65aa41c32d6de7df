// The process that is measured: a whole town, and nobody in it. `gateway-process.mjs FOLDER`; asked by messages.
import { subscribe } from 'node:diagnostics_channel'
import { startTown } from '@emrex-gateway/town'

/** Under this header the students say which transfer a request belongs to. The gateway knows nothing of it. */
const transferHeader = 'x-bench-transfer'

/** @type {Map<string, { milliseconds: number, requests: number }>} */
const times = new Map()
subscribe('http.server.request.start', (message) => {
  const { request, response } =
    /** @type {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse }} */ (
      message
    )
  const transfer = request.headers[transferHeader]
  if (typeof transfer !== 'string') return
  const began = performance.now()
  response.once('close', () => {
    const { milliseconds, requests } = times.get(transfer) ?? { milliseconds: 0, requests: 0 }
    times.set(transfer, { milliseconds: milliseconds + performance.now() - began, requests: requests + 1 })
  })
})

const [folder = ''] = process.argv.slice(2)
const town = await startTown({ folder, port: 0, logLevel: 'silent' })

/** @param {unknown} answer */
const say = (answer) => void process.send?.(answer)
process.on('message', (question) => {
  if (question === 'stop') return void town.stop().then(() => process.disconnect())
  const { user, system } = process.cpuUsage()
  say({
    cpuMs: (user + system) / 1000,
    rssBytes: process.memoryUsage.rss(),
    // In kilobytes, whatever the system.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    times: Object.fromEntries(times),
  })
  times.clear()
})
say({ origin: new URL(town.smpUrl('')).origin })
