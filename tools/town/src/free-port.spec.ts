import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { freePort } from './free-port.js'

describe('freePort', () => {
  it('gives another port when somebody has the wanted one, and the wanted one when nobody has it', async () => {
    const server = createServer().listen(await freePort(0), '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await freePort(port)).not.toBe(port)
    server.close()
    await once(server, 'close')
    expect(await freePort(port)).toBe(port)
  })

  it('gives ports that no outgoing connection takes', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort(0)))
    for (const port of ports) expect(port >= 15_000 && port < 32_000).toBe(true)
  })
})
