import type { ServerResponse } from 'node:http'
import { EmrexError, loginOf, type InboundMessage, type LoginEntry } from '@emrex-gateway/core'
import { loggedOutPage } from '../pages/logged-out-page.js'
import { sendAction } from '../pages/send-action.js'
import { sendPage } from '../pages/send-page.js'
import { translator } from '../texts/translator.js'
import type { Frame } from './site.js'

/** An entry of a role, as the routes of its logins need it. */
export type LoginAddresses = Pick<LoginEntry, 'publicUrl' | 'logins'>

const logoutUrl = ({ publicUrl }: LoginAddresses, login: string): string => `${publicUrl}/login/${login}/logout`

/**
 * What the operator of a login must know about us. Answers come to `callbackUrl`, unless it says otherwise that of students.
 * @throws {EmrexError} PAGE_UNKNOWN where the login is none of the entry, or has nothing to say
 */
export async function sendLoginMetadata(
  response: ServerResponse,
  entry: LoginAddresses,
  login: string,
  callbackUrl = `${entry.publicUrl}/login/${login}/callback`,
): Promise<void> {
  const provider = loginOf(entry.logins, login)
  if (provider.metadata === undefined) throw new EmrexError('PAGE_UNKNOWN', 'this login has no metadata')
  const { contentType, body } = await provider.metadata({ callbackUrl, logoutUrl: logoutUrl(entry, login) })
  response.setHeader('Content-Type', contentType)
  response.setHeader('Cache-Control', 'no-cache')
  response.end(body)
}

/** A message about a logout: it is answered where the login asks for that, else the browser has come back from one of ours. */
export async function receiveLogout(
  response: ServerResponse,
  entry: LoginAddresses,
  login: string,
  message: InboundMessage,
  frame: Frame,
): Promise<void> {
  const provider = loginOf(entry.logins, login)
  if (provider.logout === undefined) throw new EmrexError('PAGE_UNKNOWN', 'this login cannot be left')
  const { reply, isLeft = true } = await provider.logout.receive(message, logoutUrl(entry, login))
  if (reply !== undefined) return sendAction(response, reply, frame)
  sendPage(response, { ...frame, ...loggedOutPage(translator(frame.language), isLeft) })
}
