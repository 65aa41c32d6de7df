import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A door before a server on this machine, that can be shut, or breaks what the server says off in the middle. */
export interface Gate {
  readonly port: number
  shut(): Promise<void>
  /** From now on each connection ends after so many bytes of the server. */
  breakAfter(bytes: number): void
}

export async function openGate(to: number): Promise<Gate> {
  const sockets = new Set<Socket>()
  let limit = Infinity
  const server: Server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    let given = 0
    const end = () => [client, upstream].forEach((socket) => socket.destroy())
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end)
      socket.on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (piece: Buffer) => {
      const some = piece.subarray(0, Math.max(0, limit - given))
      given += some.length
      if (some.length < piece.length) client.end(some, end)
      else client.write(some)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    breakAfter: (bytes) => {
      limit = bytes
    },
    shut: async () => {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
