import type { IncomingMessage, ServerResponse } from 'node:http'
import { defaults, EmrexError, loginOf, type IdentityProvider, type InboundMessage } from '@emrex-gateway/core'
import { readForm } from '../forms/read-form.js'
import { inbound } from './inbound.js'
import { receiveLogout, sendLoginMetadata, type LoginAddresses } from './login-http.js'
import type { Frame } from './site.js'

/** An entry of a role, as the routes of its logins need it. */
export interface LoginDoor {
  readonly entry: LoginAddresses
  /** All logins that can be left here, those of staff too. */
  readonly leavable: readonly IdentityProvider[]
  frame(request: IncomingMessage): Frame
  /** Judges the message of a login and answers. */
  complete(
    request: IncomingMessage,
    response: ServerResponse,
    provider: IdentityProvider,
    message: InboundMessage,
  ): Promise<void>
}

export type LoginRoute = 'callback' | 'metadata' | 'logout'

/** Answers at `ENTRY/login/LOGIN/ROUTE`, by link and by form. @throws {EmrexError} PAGE_UNKNOWN */
export async function answerLogin(
  door: LoginDoor,
  { login, route }: { readonly login: string; readonly route: LoginRoute },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const isPost = request.method === 'POST'
  if (route === 'metadata') {
    if (isPost) throw new EmrexError('PAGE_UNKNOWN')
    return sendLoginMetadata(response, door.entry, login)
  }
  const form = isPost ? await readForm(request, { maxBytes: defaults.formMaxBytes }) : undefined
  const address = `${door.entry.publicUrl}/login/${login}/${route}`
  const message = inbound(isPost ? 'POST' : 'GET', address, request, form)
  if (route === 'callback') return door.complete(request, response, loginOf(door.entry.logins, login), message)
  const entry = { publicUrl: door.entry.publicUrl, logins: door.leavable }
  return receiveLogout(response, entry, login, message, door.frame(request))
}
