import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'

/** A request as the server of this process got it, before anything of ours looked at it. */
export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly host: string
  /** `sec-fetch-site` of the browser. */
  readonly site: string | undefined
  readonly origin: string | undefined
  /** Names of the cookies that came along. */
  readonly cookies: readonly string[]
}

/** Keeps what every HTTP server of this process is asked, until `stop`. */
export function watchRequests(): { readonly seen: readonly SeenRequest[]; stop(): void } {
  const seen: SeenRequest[] = []
  const onStart = (message: unknown) => {
    const { method = '', url = '', headers } = (message as { request: IncomingMessage }).request
    seen.push({
      method,
      path: url,
      host: headers.host ?? '',
      site: headers['sec-fetch-site']?.toString(),
      origin: headers.origin,
      cookies: (headers.cookie ?? '')
        .split(';')
        .map((pair) => pair.split('=')[0]!.trim())
        .filter((name) => name !== ''),
    })
  }
  const { name } = channel('http.server.request.start')
  subscribe(name, onStart)
  return { seen, stop: () => void unsubscribe(name, onStart) }
}
