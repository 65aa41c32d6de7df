import { randomBytes } from 'node:crypto'
import { startLoopbackServer, type LoopbackOptions, type SeenRequest } from './loopback-server.js'
import { page, selfPostingPage } from './self-posting-page.js'

/** The request of an SMP as form fields. */
export interface StandInRequest {
  readonly sessionId: string
  readonly returnUrl: string
}

export interface StandInSmp {
  readonly origin: string
  /** The page that posts a new request to the NCP at this address. */
  startUrl(ncpUrl: string): string
  /** A new request, for tests that post it without a browser. */
  newRequest(): StandInRequest
  /** The requests made so far. */
  readonly requests: readonly StandInRequest[]
  /** What arrived at the return address, in order, nothing checked. */
  readonly answers: readonly SeenRequest[]
  close(): Promise<void>
}

export interface StandInSmpOptions extends LoopbackOptions {
  /**
   * `query` gives the return address a query string, as student systems built on one script do. Default `plain`.
   */
  readonly mode?: 'plain' | 'query'
}

/**
 * A client of the network: sends a student to an NCP and keeps what comes back for `readAnswer`. Shares no line with the
 * gateway.
 *
 * Spec: EMREX v1.
 */
export async function startStandInSmp(options: StandInSmpOptions = {}): Promise<StandInSmp> {
  const requests: StandInRequest[] = []
  const answers: SeenRequest[] = []
  const returnPath = options.mode === 'query' ? '/controller?_action=home/import&step=2' : '/return'

  function newRequest(): StandInRequest {
    const request = { sessionId: randomBytes(16).toString('hex'), returnUrl: `${server.origin}${returnPath}` }
    requests.push(request)
    return request
  }

  const server = await startLoopbackServer(options, (request) => {
    if (request.path === '/start') {
      const ncpUrl = request.query.get('ncp') ?? ''
      if (!URL.canParse(ncpUrl)) return { status: 400, body: page('Stand-in SMP', '<p>ncp is not an address.</p>') }
      return { status: 200, body: selfPostingPage('Stand-in SMP', ncpUrl, { ...newRequest() }) }
    }
    const isReturn = request.method === 'POST' && ['/return', '/controller'].includes(request.path)
    if (!isReturn) return { status: 404, body: page('Stand-in SMP', '<p>There is no such page.</p>') }
    answers.push(request)
    const isExpected = requests.some(({ sessionId }) => sessionId === request.fields['sessionId'])
    const text = isExpected ? 'The answer has arrived.' : 'An answer has arrived that nobody waits for.'
    return { status: 200, body: page('Stand-in SMP', `<p>${text}</p>`) }
  })

  return {
    origin: server.origin,
    startUrl: (ncpUrl) => `${server.origin}/start?ncp=${encodeURIComponent(ncpUrl)}`,
    newRequest,
    requests,
    answers,
    close: () => server.close(),
  }
}
