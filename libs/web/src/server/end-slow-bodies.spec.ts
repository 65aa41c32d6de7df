import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { endSilentConnections } from './end-silent-connections.js'
import { endSlowBodies } from './end-slow-bodies.js'

async function serve(seconds: number) {
  let ended = 0
  const server = createServer((request, response) => {
    let size = 0
    request.on('data', (piece: Buffer) => (size += piece.length))
    request.on('end', () => response.end(`${size}`))
  })
  endSlowBodies(server, () => (ended += 1), { minBytes: 100, seconds })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { port, close, ended: () => ended }
}

describe('endSlowBodies', () => {
  it('ends a connection whose body trickles, as often as it may come in drops', async () => {
    const { port, close, ended } = await serve(0.3)
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n')
    const drops = setInterval(() => socket.write('x'), 50)
    // Not `once` of node:events: that would fail at the reset which a drop on its way may be answered with.
    await new Promise((resolve) => socket.once('close', resolve))
    clearInterval(drops)
    expect(ended()).toBe(1)
    await close()
  })

  it('lets a slow line that keeps its pace, and a request that is complete and waits for its answer', async () => {
    // Looked at twice while it comes; a busy machine may hold up everybody for most of the time in between.
    const { port, close, ended } = await serve(1.5)
    const answer = new Promise<string>((resolve, reject) => {
      const request = ask(
        { port, host: '127.0.0.1', method: 'POST', headers: { 'content-length': 7000 } },
        (response) => response.on('data', (piece: Buffer) => resolve(piece.toString())),
      ).on('error', reject)
      void (async () => {
        for (let piece = 0; piece < 35; piece++) {
          request.write('x'.repeat(200))
          await wait(100)
        }
        request.end()
      })()
    })
    expect(await answer).toBe('7000')
    expect(ended()).toBe(0)
    await close()
  })
})

describe('endSilentConnections', () => {
  it('ends a connection over which nothing comes, and none that has said something', async () => {
    const server = createServer((_request, response) => response.end('there'))
    server.headersTimeout = 1000
    endSilentConnections(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const silent = connect(port, '127.0.0.1').resume()
    const answer = fetch(`http://127.0.0.1:${port}`).then((response) => response.text())
    await once(silent, 'close')
    expect(await answer).toBe('there')
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
})
