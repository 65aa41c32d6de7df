import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly failed: boolean
}

interface Exported {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly {
      readonly spans: readonly {
        readonly name: string
        readonly traceId: string
        readonly spanId: string
        readonly parentSpanId?: string
        readonly attributes?: readonly { readonly key: string; readonly value: Record<string, string | number> }[]
        readonly status?: { readonly code?: number }
      }[]
    }[]
  }[]
}

/** A stand-in for a collector of traces: OTLP over HTTP, JSON. It can also refuse everything, or never answer. */
export class TraceCollector {
  readonly spans: SeenSpan[] = []
  /** Every body as it came. */
  readonly bodies: string[] = []
  mood: 'well' | 'refuses' | 'hangs' = 'well'
  private readonly server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => (body += piece))
    request.on('end', () => {
      if (this.mood === 'hangs') return
      if (this.mood === 'refuses') return void response.writeHead(400).end()
      this.bodies.push(body)
      this.spans.push(...spansOf(JSON.parse(body) as Exported))
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })

  static async start(): Promise<TraceCollector> {
    const collector = new TraceCollector()
    await new Promise<void>((resolve) => collector.server.listen(0, '127.0.0.1', resolve))
    return collector
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/traces`
  }

  async close(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

const spansOf = ({ resourceSpans }: Exported): SeenSpan[] =>
  resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ attributes = [], status, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]!])),
      failed: status?.code === 2,
    }))
