import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ncpHandler, type NcpHandler } from './ncp-handler.js'

async function withServer(handler: NcpHandler, next: boolean, look: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) =>
    handler(request, response, next ? () => response.end('the application') : undefined),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await look(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
}

const handler = ncpHandler({ flows: [] })

describe('ncpHandler', () => {
  it('leaves every path that is not its own to the application', () =>
    withServer(handler, true, async (origin) => {
      for (const path of ['/', '/ncp', '/assets/app.js', '/ncpx/campus', '/login'])
        expect([path, await (await fetch(origin + path)).text()]).toEqual([path, 'the application'])
    }))

  it('serves the files of the pages, also to a browser that has them', () =>
    withServer(handler, true, async (origin) => {
      const first = await fetch(`${origin}/assets/site.css`)
      expect([first.status, first.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
      // Without the second one `fetch` says that it wants nothing from a cache.
      const headers = { 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' }
      expect((await fetch(`${origin}/assets/site.css`, { headers })).status).toBe(304)
    }))

  it('answers what is below its path and no page of its own, and everything where no application stands behind it', () =>
    withServer(handler, false, async (origin) => {
      for (const path of ['/ncp/nobody', '/ncp/nobody/transfers/1/2/3', '/ncp/%E0%A4', '/', '//', '/elsewhere'])
        expect([path, (await fetch(origin + path)).status]).toEqual([path, 404])
      expect((await fetch(`${origin}/ncp/nobody`, { method: 'DELETE' })).status).toBe(404)
    }))
})
