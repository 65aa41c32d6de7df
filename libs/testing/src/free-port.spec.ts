import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { pathToFileURL } from 'node:url'
import { freePort } from './free-port.js'
import { runFromSource } from './run-from-source.js'

describe('freePort', () => {
  it('gives another port when somebody has the wanted one, and the wanted one when nobody has it', async () => {
    const server = createServer().listen(await freePort(), '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await freePort(port)).not.toBe(port)
    server.close()
    await once(server, 'close')
    expect(await freePort(port)).toBe(port)
  })

  it('gives ports that no outgoing connection takes', async () => {
    const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
    for (const port of ports) expect(port >= 15_000 && port < 32_000).toBe(true)
  })

  it('gives none twice, to whichever processes, as long as they live', async () => {
    const address = pathToFileURL(new URL('./free-port.ts', import.meta.url).pathname).href
    const script = `
      const { freePort } = await import('${address}')
      const ports = []
      while (ports.length < 200) ports.push(await freePort())
      console.log(JSON.stringify(ports))
      process.stdin.resume()`
    const start = async () => {
      const parameters = ['--import', runFromSource, '--input-type=module', '-e', script]
      const child = spawn(process.execPath, parameters, { stdio: ['pipe', 'pipe', 'inherit'] })
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      return { ports: JSON.parse(line.toString()) as number[], end: () => (child.stdin.end(), once(child, 'exit')) }
    }
    const both = await Promise.all([start(), start()])
    await Promise.all(both.map(({ end }) => end()))
    expect(new Set(both.flatMap(({ ports }) => ports)).size).toBe(400)
  })
})
