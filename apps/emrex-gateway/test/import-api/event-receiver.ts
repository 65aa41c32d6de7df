import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { isSignedWebhook, type WebhookEvent } from '@emrex-gateway/smp'

/** How a receiver behaves: takes it, answers 500, takes it and answers too late, redirects. */
export type ReceiverMood = 'well' | 'fails' | 'slow' | 'moved'

interface Attempt {
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly mood: ReceiverMood
  /** It answered that it has the event. */
  isTaken: boolean
}

/**
 * A receiver of events as the documentation asks for: it checks the signature, knows an event that it has by its id, and
 * counts what each event did. `slow` has taken the event when it fails to answer in time.
 */
export class EventReceiver {
  readonly attempts: Attempt[] = []
  /** How often each event had an effect. */
  readonly effects = new Map<string, number>()
  /** What each request was last known to be. */
  readonly known = new Map<string, WebhookEvent['data']>()
  mood: ReceiverMood = 'well'
  private server: Server | undefined
  private port = 0

  constructor(private readonly now: () => Date) {}

  secret = Buffer.alloc(32, 7)

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void buffer(request).then((bytes) => {
        const body = bytes.toString()
        const headers = request.headers as Attempt['headers']
        const { mood } = this
        const attempt: Attempt = { headers, body, mood, isTaken: false }
        this.attempts.push(attempt)
        if (mood === 'moved') return response.writeHead(307, { location: '/elsewhere' }).end()
        if (mood === 'fails') return response.writeHead(500).end('no')
        // Refused, so that it comes again with a signature of then.
        if (!this.take(headers, body)) return response.writeHead(400).end('not signed, or too old')
        if (mood === 'slow') return undefined
        attempt.isTaken = true
        return response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.server = server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/events`
  }

  /** From now on nobody listens at its address. */
  async goDown(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server?.close(() => resolve())
      this.server?.closeAllConnections()
    })
  }

  eventsOf(request: string): WebhookEvent[] {
    const all = this.attempts.map(({ body }) => JSON.parse(body) as WebhookEvent)
    const ids = new Set<string>()
    return all.filter(({ id, data }) => data.request === request && !ids.has(id) && ids.add(id))
  }

  /** Forgets what was, for the next test. */
  reset(): void {
    this.attempts.length = 0
    this.effects.clear()
    this.known.clear()
    this.mood = 'well'
  }

  private take(headers: Attempt['headers'], body: string): boolean {
    if (!isSignedWebhook(this.secret, headers, body, this.now())) return false
    const { id, data } = JSON.parse(body) as WebhookEvent
    const had = this.effects.get(id) ?? 0
    if (had > 0) return true
    this.effects.set(id, had + 1)
    if ((this.known.get(data.request)?.sequence ?? 0) < data.sequence) this.known.set(data.request, data)
    return true
  }
}
