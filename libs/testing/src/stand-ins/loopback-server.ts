import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request as a stand-in saw it, nothing interpreted but the form. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Among them `sec-fetch-site` and `cookie`. */
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The fields of an urlencoded form, decoded; empty for anything else. */
  readonly fields: Readonly<Record<string, string>>
}

/** What to answer; `undefined` leaves the request without any answer. */
export type Reply =
  { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string } | undefined

export interface LoopbackServer {
  /** Scheme, host and port. */
  readonly origin: string
  close(): Promise<void>
}

export interface LoopbackOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /**
   * As it stands in addresses: `127.0.0.1`, `localhost` and each name below `localhost` are sites of their own to a
   * browser, which needs no name server for them. Default `127.0.0.1`.
   */
  readonly host?: '127.0.0.1' | 'localhost' | `${string}.localhost`
}

/** An HTTP server on the loopback interface alone. */
export async function startLoopbackServer(
  options: LoopbackOptions,
  answer: (request: SeenRequest) => Promise<Reply> | Reply,
): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    read(request)
      .then(answer)
      .then(
        (reply) => send(response, reply),
        (error: unknown) => send(response, { status: 500, body: `The stand-in failed: ${String(error)}` }),
      )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://${options.host ?? '127.0.0.1'}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const url = new URL(request.url ?? '/', 'http://loopback.invalid')
  const body = (await buffer(request)).toString('utf8')
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body,
    fields: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === undefined) return
  response.writeHead(reply.status, { 'content-type': 'text/html; charset=utf-8', ...reply.headers }).end(reply.body)
}
