import { createSocket } from 'node:dgram'
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

/**
 * Between the choice and the listening lie seconds in which keys are made, and a port is free again while a gateway is
 * started anew. So that no other process is given it meanwhile, ours holds the UDP port of the same number until it ends.
 */
const keep = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const mark = createSocket('udp4').unref()
    mark.once('error', () => resolve(false))
    mark.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(true))
  })

/** Below the ports that systems give to outgoing connections: those could take a free one before it is listened on. */
const [lowest, highest] = [15_000, 32_000]
const tries = 20

/**
 * The wanted loopback port when nobody has it, else any free one, which no other process is given while this one lives;
 * 0 wants none. Addresses stand in the settings, so a port is chosen before anything listens on it.
 */
export async function freePort(wanted = 0): Promise<number> {
  if (wanted !== 0 && (await tryPort(wanted)) !== undefined) return wanted
  for (let attempt = 0; attempt < tries; attempt++) {
    const port = randomInt(lowest, highest)
    if ((await keep(port)) && (await tryPort(port)) !== undefined) return port
  }
  return (await tryPort(0)) ?? wanted
}
