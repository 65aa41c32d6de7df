import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Ends a connection over which nothing has come in the time for the head of a request. Node looks at that time only once a
 * request has begun.
 */
export function endSilentConnections(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const end = () => {
      if (socket.bytesRead === 0) socket.destroy()
    }
    const timer = setTimeout(end, server.headersTimeout).unref()
    socket.once('close', () => clearTimeout(timer))
  })
}
