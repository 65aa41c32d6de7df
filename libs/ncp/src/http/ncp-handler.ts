import type { IncomingMessage, ServerResponse } from 'node:http'
import { EmrexError, silentLog, type Log } from '@emrex-gateway/core'
import { answerLogin, pathOf, sendAsset, sendProblem, type LoginRoute } from '@emrex-gateway/web'
import type { NcpFlow } from '../flow/ncp-flow.js'
import { NcpEntries } from './ncp-entries.js'
import { ncpRoutes } from './ncp-routes.js'

export interface NcpHandlerOptions {
  readonly flows: readonly NcpFlow[]
  readonly now?: () => Date
  /** Default: none is kept. */
  readonly log?: Log
}

/** For `app.use(…)` of Express, for `createServer(…)` of Node, and for whatever else takes a request like theirs. */
export type NcpHandler = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/**
 * The routes of the NCPs without a framework: `/ncp/…` and the three files at `/assets/…` that their pages load; every other
 * path goes to `next`, or is answered as an unknown page where there is none. Must be reached at the root of the host, as
 * the `publicUrl` of the flows says.
 *
 * Guaranteed: every request is answered; what a route throws becomes a page with its reason.
 */
export function ncpHandler({ flows, now = () => new Date(), log = silentLog }: NcpHandlerOptions): NcpHandler {
  const entries = new NcpEntries(flows, now)
  const web = { log, site: { name: 'EMREX' }, siteOf: (path: string) => entries.siteOf(path) }
  return (request, response, next) => {
    const answer = answerOf(entries, request, response)
    if (answer === undefined && next !== undefined) return next()
    const answered = answer?.() ?? Promise.reject(new EmrexError('PAGE_UNKNOWN'))
    answered.catch((error: unknown) => sendProblem(request, response, error, web))
  }
}

const loginRoutes: readonly string[] = ['callback', 'metadata', 'logout'] satisfies LoginRoute[]
const isAsset = (name: string | undefined) => ['site.css', 'site.js', 'icon.svg'].includes(name ?? '')

/** What answers this request; undefined: it is none of ours. */
function answerOf(
  entries: NcpEntries,
  request: IncomingMessage,
  response: ServerResponse,
): (() => Promise<void>) | undefined {
  const [, root, ...parts] = pathOf(request).replace(/\/$/, '').split('/')
  if (root === 'assets' && parts.length === 1 && isAsset(parts[0]))
    return async () => sendAsset(request, response, parts[0]!)
  const [id, what, ...more] = parts.map(decoded)
  if (root !== 'ncp' || id === undefined) return undefined
  return async () => {
    const door = entries.find(id)
    const isPost = request.method === 'POST'
    if (!isPost && request.method !== 'GET' && request.method !== 'HEAD') throw new EmrexError('PAGE_UNKNOWN')
    const [of, action, ...rest] = more
    if (what === undefined) return ncpRoutes.receive(door, request, response)
    if (what === 'transfers' && of !== undefined && rest.length === 0) {
      if (isPost && action !== undefined) return ncpRoutes.act(door, { id: of, action }, request, response)
      if (!isPost && action === undefined) return ncpRoutes.hub(door, of, request, response)
      if (!isPost && action === 'transcript.pdf') return ncpRoutes.transcript(door, of, request, response)
      const receipt = /^receipt(?:\.([a-z]+))?$/.exec(action ?? '')
      if (!isPost && receipt !== null) return ncpRoutes.receipt(door, { id: of, ending: receipt[1] }, request, response)
      if (!isPost) return ncpRoutes.actedOn(door, of, request, response)
    }
    if (what === 'login' && of !== undefined && rest.length === 0 && isLoginRoute(action))
      return answerLogin(ncpRoutes.loginDoor(door), { login: of, route: action }, request, response)
    throw new EmrexError('PAGE_UNKNOWN')
  }
}

const isLoginRoute = (route: string | undefined): route is LoginRoute => loginRoutes.includes(route ?? '')

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
