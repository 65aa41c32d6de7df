import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { askSystem } from '@emrex-gateway/core'
import { makeThrowawaySigner, type ThrowawaySigner } from '@emrex-gateway/testing'
import { outboundFetch } from './outbound-fetch.js'

const servers: Server[] = []
async function listen(answer: RequestListener, tls?: ServerOptions): Promise<string> {
  const server = tls ? createTlsServer(tls, answer) : createPlainServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

const limits = { timeoutSeconds: 20, longestSeconds: 120, maxBytes: 100_000 }

describe('outboundFetch', () => {
  it('follows no redirect, whatever it is told, but lets one be looked at', async () => {
    let followed = 0
    const address = await listen((request, response) => {
      if (request.url !== '/') followed++
      response.writeHead(302, { location: '/elsewhere' }).end()
    })
    const reach = outboundFetch()
    await expect(reach(address)).rejects.toThrow()
    await expect(reach(address, { redirect: 'follow' })).rejects.toThrow()
    const seen = await reach(address, { redirect: 'manual' })
    expect([seen.status, seen.headers.get('location'), followed]).toEqual([302, '/elsewhere', 0])
  })

  it('reads an answer up to its limit, and no further, however it is packed', async () => {
    const sizes: Record<string, number> = { '/fits': limits.maxBytes, '/too-large': limits.maxBytes + 1 }
    const address = await listen((request, response) => {
      if (request.url === '/bomb')
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(10_000_000)))
      else response.writeHead(200, { 'x-kept': 'yes' }).end(Buffer.alloc(sizes[request.url ?? ''] ?? 0, 'x'))
    })
    const reach = outboundFetch(undefined, limits)
    const fits = await reach(`${address}/fits`)
    expect([fits.status, fits.url, fits.headers.get('x-kept')]).toEqual([200, `${address}/fits`, 'yes'])
    expect((await fits.text()).length).toBe(limits.maxBytes)
    await expect((await reach(`${address}/too-large`)).text()).rejects.toThrow('more than 100000 bytes')
    await expect((await reach(`${address}/bomb`)).text()).rejects.toThrow('more than 100000 bytes')
    expect(await (await reach(`${address}/empty`)).text()).toBe('')
  })

  it('lets a plugin tell an answer that is too large from a system that does not answer', async () => {
    const address = await listen((_, response) => response.end(Buffer.alloc(limits.maxBytes + 1, 'x')))
    const caller = { fetch: outboundFetch(undefined, limits), connection: 'sis' }
    await expect(askSystem(caller, { url: address }, { signal: AbortSignal.timeout(20_000) })).rejects.toMatchObject({
      kind: 'bad-data',
      message: 'the answer of the system is larger than we take',
    })
  })

  it('ends a request that gets no answer, and one whose answer has no end', async () => {
    const address = await listen((request, response) => {
      if (request.url === '/slow') response.writeHead(200).write('a beginning')
    })
    const reach = outboundFetch(undefined, { ...limits, timeoutSeconds: 0.3 })
    await expect(reach(address)).rejects.toThrow(/time/i)
    await expect(reach(`${address}/slow`).then((answer) => answer.text())).rejects.toThrow(/time|abort/i)
    const own = new AbortController()
    const going = outboundFetch(undefined, limits)(address, { signal: own.signal })
    own.abort()
    await expect(going).rejects.toThrow(/abort/i)
  })

  it('lets who brings an end of their own wait for that: a student system may be given longer by the settings', async () => {
    const address = await listen((request, response) => {
      if (request.url === '/slow') setTimeout(() => response.end('taken'), 600)
    })
    const reach = (longestSeconds: number) =>
      outboundFetch(undefined, { ...limits, timeoutSeconds: 0.3, longestSeconds })
    const signal = AbortSignal.timeout(60_000)
    await expect(reach(20)(`${address}/slow`)).rejects.toThrow(/time/i)
    expect(await (await reach(20)(`${address}/slow`, { signal })).text()).toBe('taken')
    // A signal that never comes is no leave to wait for ever.
    await expect(reach(0.5)(address, { signal })).rejects.toThrow(/time/i)
  })

  describe('with TLS', () => {
    let server: ThrowawaySigner
    let client: ThrowawaySigner
    beforeAll(async () => {
      server = await makeThrowawaySigner({ commonName: 'server', addresses: ['127.0.0.1'] })
      client = await makeThrowawaySigner({ commonName: 'client' })
    })
    const demanding = () =>
      listen(
        (request, response) => {
          response.end((request.socket as TLSSocket).getPeerCertificate().subject.CN)
        },
        {
          key: server.privateKey,
          cert: server.certificate,
          ca: [client.certificate],
          requestCert: true,
          rejectUnauthorized: true,
        },
      )

    it('shows its certificate to a server that demands one, and has no answer without it', async () => {
      const address = await demanding()
      const authorities = [server.certificate]
      const answer = await outboundFetch({ ...client, authorities })(address)
      expect(await answer.text()).toBe('client')
      const stranger = await makeThrowawaySigner()
      await expect(outboundFetch({ ...stranger, authorities })(address)).rejects.toThrow()
    })

    it('trusts the named authorities alone, and by default nobody who vouches for themselves', async () => {
      const address = await demanding()
      const other = await makeThrowawaySigner({ commonName: 'server', addresses: ['127.0.0.1'] })
      await expect(outboundFetch({ ...client, authorities: [other.certificate] })(address)).rejects.toThrow()
      await expect(outboundFetch(client)(address)).rejects.toThrow()
      await expect(outboundFetch()(address)).rejects.toThrow()
    })
  })
})
