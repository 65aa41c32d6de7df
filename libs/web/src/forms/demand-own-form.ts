import type { IncomingMessage } from 'node:http'
import { EmrexError } from '@emrex-gateway/core'
import { readBrowserSecret, type BrowserCookie } from './browser-secret.js'
import { formTokenField, isFormToken } from './form-token.js'
import { isSameSiteRequest } from './is-same-site-request.js'

/**
 * Lets nobody else's page press the button that begins something: each beginning sets a cookie, and a browser that is
 * made to begin very often forgets those of the transfers under way.
 *
 * @throws {EmrexError} FORM_STALE
 */
export function demandOwnSite(request: IncomingMessage, publicUrl: string): void {
  if (!isSameSiteRequest(request, publicUrl)) throw new EmrexError('FORM_STALE')
}

/**
 * Lets only forms pass that our own page in the same browser has sent (see `OwnForm`). Whether that browser owns the
 * transfer is another question: `isSameBrowser`.
 *
 * @throws {EmrexError} FORM_STALE
 */
export function demandOwnForm(
  request: IncomingMessage,
  form: ReadonlyMap<string, string>,
  cookie: BrowserCookie,
): void {
  const secret = readBrowserSecret(request, cookie)
  const own =
    secret !== undefined &&
    isSameSiteRequest(request, cookie.publicUrl) &&
    isFormToken(form.get(formTokenField), secret, cookie.transferId)
  if (!own) throw new EmrexError('FORM_STALE')
}
