import { randomUUID } from 'node:crypto'
import { answerFor, type AnswerFields, type AnswerSettings } from './answer-for.js'
import { startLoopbackServer, type LoopbackOptions, type Reply, type SeenRequest } from './loopback-server.js'
import { page, selfPostingPage } from './self-posting-page.js'
import type { StandInMode } from './stand-in-modes.js'

export interface StandInNcp {
  /** Where an SMP posts its request to: the `url` of a registry entry. */
  readonly url: string
  readonly origin: string
  /** The origin of its login, which is another site than its own. */
  readonly loginOrigin: string
  /** PEM; what a registry publishes for it. */
  readonly certificate: string
  /** Every request to the NCP itself, in order. */
  readonly received: readonly SeenRequest[]
  /** What the SMP answered to each server-to-server post. */
  readonly deliveries: readonly { readonly status: number; readonly location: string | undefined }[]
  /** From the next request on. */
  setMode(mode: StandInMode): void
  /** The form fields it would send in the mode it is in; for tests without a browser. */
  answerFor(request: { readonly sessionId: string }): Promise<AnswerFields | undefined>
  close(): Promise<void>
}

export interface StandInNcpOptions extends LoopbackOptions, Omit<AnswerSettings, 'mode'> {
  /** Default `success`. */
  readonly mode?: StandInMode
  /** Of its login. Default: `localhost`, or `127.0.0.1` where that is the NCP's own host. */
  readonly loginHost?: LoopbackOptions['host']
}

/**
 * An NCP of a foreign country: takes the request on POST and answers through the browser as its mode says, without any
 * login but in the mode `login_first`. Shares no line with the gateway; signs by xmlsec1.
 *
 * Spec: EMREX v1.
 */
export async function startStandInNcp(options: StandInNcpOptions): Promise<StandInNcp> {
  let mode = options.mode ?? 'success'
  const received: SeenRequest[] = []
  const deliveries: { status: number; location: string | undefined }[] = []
  const waitingForLogin = new Map<string, Readonly<Record<string, string>>>()
  const answer = (request: { readonly sessionId: string }) => answerFor(request, { ...options, mode })

  async function reply(fields: Readonly<Record<string, string>>): Promise<Reply> {
    const { sessionId = '', returnUrl = '' } = fields
    const answered = await answer({ sessionId })
    if (answered === undefined) return undefined
    if (mode !== 'server_to_server') return { status: 200, body: selfPostingPage('Stand-in NCP', returnUrl, answered) }

    const response = await fetch(returnUrl, { method: 'POST', body: new URLSearchParams(answered), redirect: 'manual' })
    await response.body?.cancel()
    deliveries.push({ status: response.status, location: response.headers.get('location') ?? undefined })
    return { status: 200, body: page('Stand-in NCP', '<p>Your results were sent. You may close this page.</p>') }
  }

  const ncp = await startLoopbackServer(options, (request) => {
    received.push(request)
    if (request.path === '/continue') {
      const fields = waitingForLogin.get(request.query.get('login') ?? '')
      return fields === undefined ? refusal(404, 'Nobody waits for this login.') : reply(fields)
    }
    if (request.path !== '/start') return refusal(404, 'There is no such page.')
    if (request.method !== 'POST') return refusal(405, 'The request is a form post.')
    if (!request.fields['sessionId'] || !request.fields['returnUrl'])
      return refusal(400, 'sessionId and returnUrl are needed.')
    if (mode !== 'login_first') return reply(request.fields)

    const id = randomUUID()
    waitingForLogin.set(id, request.fields)
    return { status: 303, headers: { location: `${login.origin}/login?login=${id}` }, body: '' }
  })
  const otherHost = options.loginHost ?? (options.host === 'localhost' ? '127.0.0.1' : 'localhost')
  const login = await startLoopbackServer({ host: otherHost }, (request) => ({
    status: 200,
    body: page(
      'Stand-in login',
      `<p>You are logged in.</p>
<a href="${ncp.origin}/continue?login=${encodeURIComponent(request.query.get('login') ?? '')}">Continue</a>
<script>document.links[0].click()</script>`,
    ),
  }))

  return {
    url: `${ncp.origin}/start`,
    origin: ncp.origin,
    loginOrigin: login.origin,
    certificate: options.signer.certificate,
    received,
    deliveries,
    setMode: (next) => {
      mode = next
    },
    answerFor: answer,
    close: async () => {
      await Promise.all([ncp.close(), login.close()])
    },
  }
}

function refusal(status: number, text: string): Reply {
  return { status, body: page('Stand-in NCP', `<p>${text}</p>`) }
}
