import { createServer, type Socket } from 'node:net'

/** Alert 45, fatal. Spec: RFC 8446 §6.2. */
const certificateExpired = Buffer.from([21, 3, 3, 0, 2, 2, 45])

/** Ends every TLS handshake on a port of the loopback interface with "certificate expired", until it is closed. */
export async function refuseHandshakes(port: number): Promise<{ close(): Promise<void> }> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    socket.once('data', () => socket.end(certificateExpired))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
