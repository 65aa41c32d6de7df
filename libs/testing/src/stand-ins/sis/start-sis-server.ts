import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { PeerCertificate, TLSSocket } from 'node:tls'
import type { Scenario } from '../../contracts/sis-under-test.js'

/** A request as a stand-in of a system saw it. */
export interface SisRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  /** Path and query as they were sent, for signatures. */
  readonly target: string
  /** The certificate that the client showed; absent without TLS, or where it showed none that is trusted. */
  readonly client?: PeerCertificate
}

export interface SisReply {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

export interface SisServerOptions {
  /** Absent: plain HTTP. */
  readonly tls?: {
    readonly privateKey: string
    readonly certificate: string
    /** Asks for a client certificate of these; who shows none, or another, is refused in the handshake. */
    readonly clientAuthorities?: readonly string[]
  }
  readonly answer: (request: SisRequest) => SisReply | Promise<SisReply>
  /** How this system says it, where the usual reply is not how it fails. */
  readonly says?: Partial<Record<Scenario, SisReply | ((request: SisRequest) => SisReply | Promise<SisReply>)>>
}

/** A stand-in of a student information system on the loopback interface. */
export interface SisServer {
  readonly origin: string
  /** How it behaves from now on. */
  is(scenario: Scenario | 'well'): Promise<void>
  /** How many requests came since the start. */
  readonly requests: number
  close(): Promise<void>
}

const slowMs = 60_000
const json = { 'content-type': 'application/json' }
const usualSayings: Partial<Record<Scenario, SisReply>> = {
  failing: { status: 500, headers: json, body: '{"error":"internal"}' },
  'rate-limited': { status: 429, headers: { ...json, 'retry-after': '1' }, body: '{"error":"slow down"}' },
  'web-page': { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Log in</title>' },
  'credential-refused': { status: 401, headers: json, body: '{"error":"unauthorized"}' },
  forbidden: { status: 403, headers: json, body: '{"error":"forbidden"}' },
}

/** Starts the stand-in on any free port; while it is down, the port is kept for it. */
export async function startSisServer(options: SisServerOptions): Promise<SisServer> {
  let scenario: Scenario | 'well' = 'well'
  let requests = 0
  let port = 0
  const timers = new Set<NodeJS.Timeout>()
  const handle = (message: IncomingMessage, response: ServerResponse): void => {
    requests += 1
    read(message)
      .then((request) => replyTo(request))
      .then(
        (reply) => send(response, reply),
        (error: unknown) => send(response, { status: 500, body: `The stand-in failed: ${String(error)}` }),
      )
  }
  const replyTo = async (request: SisRequest): Promise<SisReply> => {
    if (scenario === 'well') return options.answer(request)
    const said = options.says?.[scenario] ?? usualSayings[scenario]
    if (said !== undefined) return typeof said === 'function' ? said(request) : said
    if (scenario === 'slow')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, slowMs)
        timers.add(timer)
      })
    const reply = await options.answer(request)
    if (scenario !== 'truncated') return reply
    const whole = Buffer.from(reply.body)
    return { ...reply, body: whole.subarray(0, Math.ceil(whole.length / 2)) }
  }
  const { tls } = options
  let server: Server | undefined
  const listen = async () => {
    server =
      tls === undefined
        ? createServer(handle)
        : createTlsServer(
            {
              key: tls.privateKey,
              cert: tls.certificate,
              minVersion: 'TLSv1.2',
              ...(tls.clientAuthorities === undefined
                ? {}
                : { ca: [...tls.clientAuthorities], requestCert: true, rejectUnauthorized: true }),
            },
            handle,
          )
    await new Promise<void>((resolve, reject) => server!.once('error', reject).listen(port, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  }
  const stop = async () => {
    const stopped = server
    server = undefined
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    if (stopped === undefined) return
    await new Promise<void>((resolve) => {
      stopped.close(() => resolve())
      stopped.closeAllConnections()
    })
  }
  await listen()
  return {
    origin: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    is: async (next) => {
      scenario = next
      if (next === 'down') await stop()
      else if (server === undefined) await listen()
    },
    get requests() {
      return requests
    },
    close: stop,
  }
}

async function read(message: IncomingMessage): Promise<SisRequest> {
  const target = message.url ?? '/'
  const url = new URL(target, 'http://loopback.invalid')
  const socket = message.socket as Partial<TLSSocket>
  const client = socket.authorized === true ? socket.getPeerCertificate?.() : undefined
  return {
    method: message.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: message.headers,
    body: await buffer(message),
    target,
    ...(client === undefined ? {} : { client }),
  }
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: SisReply): void {
  response.writeHead(status, headers).end(body)
}
