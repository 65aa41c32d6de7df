import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * A balancer without a memory: each connection goes to the next of the ports.
 *
 * @param {number} port
 * @param {readonly number[]} ports
 * @returns {Promise<() => Promise<void>>} stops it
 */
export async function balance(port, ports) {
  let turn = 0
  /** @type {Set<import('node:net').Socket>} */
  const sockets = new Set()
  const server = createServer((incoming) => {
    const onward = connect({ host: '127.0.0.1', port: ports[turn++ % ports.length] ?? 0 })
    for (const [socket, other] of /** @type {const} */ ([
      [incoming, onward],
      [onward, incoming],
    ])) {
      sockets.add(socket)
      socket.setNoDelay()
      socket.pipe(other)
      socket.on('error', () => other.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return async () => {
    server.close()
    for (const socket of sockets) socket.destroy()
    await once(server, 'close')
  }
}
