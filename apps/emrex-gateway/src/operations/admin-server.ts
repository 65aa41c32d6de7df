import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { HealthReport } from './health-report.js'
import type { Metrics } from './metrics.js'

export interface AdminServer {
  readonly port: number
  close(): Promise<void>
}

/**
 * The door for operators, on an address of its own that no visitor reaches: `/metrics` (Prometheus text format),
 * `/health/live`, `/health/ready` and `/health`. It changes nothing.
 */
export async function startAdminServer(
  place: { readonly host: string; readonly port: number },
  metrics: Metrics,
  health: HealthReport,
): Promise<AdminServer> {
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/health/live': async (response) => sendJson(response, 200, { status: 'live' }),
    '/health/ready': async (response) => {
      const { ready, ...more } = await health.readiness()
      sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', ...more })
    },
    '/health': async (response) => {
      const whole = await health.whole()
      sendJson(response, whole.ready ? 200 : 503, whole)
    },
    '/metrics': async (response) => {
      await health.measure()
      const text = await metrics.registry.metrics()
      response.writeHead(200, { 'Content-Type': metrics.registry.contentType }).end(text)
    },
  }
  const server = createServer((request, response) => {
    const page = pages[request.url?.split('?', 1)[0] ?? '/']
    if (page === undefined || (request.method !== 'GET' && request.method !== 'HEAD'))
      return sendJson(response, 404, { status: 'there is no such page' })
    page(response).catch(() => {
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { status: 'this could not be told' })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(place.port, place.host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  response.end(`${JSON.stringify(body, undefined, 2)}\n`)
}
