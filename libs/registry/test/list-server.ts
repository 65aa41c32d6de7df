import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real HTTP server on loopback whose behaviour a test changes while it runs. */
export interface ListServer {
  readonly url: string
  readonly requests: IncomingMessage[]
  answerWith(listener: RequestListener): void
  close(): Promise<void>
}

export async function startListServer(first: RequestListener): Promise<ListServer> {
  let listener = first
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    listener(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/list`,
    requests,
    answerWith(next) {
      listener = next
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
