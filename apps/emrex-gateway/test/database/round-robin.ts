import { createServer, request, type Server } from 'node:http'
import { once } from 'node:events'

export interface RoundRobin {
  /** How many requests each of the ports got. */
  readonly counts: ReadonlyMap<number, number>
  close(): Promise<void>
}

/** A balancer without a memory: each request goes to the next of the ports, whoever sends it. */
export async function roundRobin(port: number, ports: readonly number[]): Promise<RoundRobin> {
  const counts = new Map(ports.map((each) => [each, 0]))
  let turn = 0
  const server: Server = createServer((incoming, outgoing) => {
    const target = ports[turn++ % ports.length]!
    counts.set(target, counts.get(target)! + 1)
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: target, method, path: url, headers, agent: false }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.rawHeaders)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    incoming.pipe(onward)
  }).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    counts,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
