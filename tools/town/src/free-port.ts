import { randomInt } from 'node:crypto'
import { createServer, type AddressInfo } from 'node:net'

const tryPort = (port: number): Promise<number | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address() as AddressInfo
      server.close(() => resolve(taken))
    })
  })

/** Below the ports that systems give to outgoing connections: those could take a free one before it is listened on. */
const [lowest, highest] = [15_000, 32_000]
const tries = 20

/**
 * The wanted loopback port when nobody has it, else any free one; 0 wants none. Addresses stand in the settings, so a
 * port is chosen before the gateway listens on it.
 */
export async function freePort(wanted: number): Promise<number> {
  if (wanted !== 0 && (await tryPort(wanted)) !== undefined) return wanted
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = await tryPort(randomInt(lowest, highest))
    if (port !== undefined) return port
  }
  return (await tryPort(0)) ?? wanted
}
