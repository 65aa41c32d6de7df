import type { ServerResponse } from 'node:http'
import { EmrexError, type BrowserAction } from '@emrex-gateway/core'
import type { Frame } from '../server/site.js'
import { choicePage } from './choice-page.js'
import { handOffPage } from './hand-off-page.js'
import { setPageHeaders } from './page-headers.js'
import { sendPage } from './send-page.js'

/**
 * Turns a browser action into HTTP; no other file does.
 *
 * A redirect is a 303: the browser comes with GET, whatever it came with before. A post is a page with a form that the
 * static script submits once, and a button for people without script. A choice is a page with one button per option.
 *
 * @throws {EmrexError} INTERNAL when an address is neither a path of ours nor http(s).
 */
export function sendAction(response: ServerResponse, action: BrowserAction, frame: Frame): void {
  demandWebAddress(action.url)
  if (action.kind === 'redirect') sendRedirect(response, action.url)
  else sendPage(response, action.kind === 'post' ? handOffPage(action, frame) : choicePage(action, frame))
}

function sendRedirect(response: ServerResponse, url: string): void {
  setPageHeaders(response, { kind: 'self' })
  response.statusCode = 303
  response.setHeader('Location', url.replace(/[^\x21-\x7e]+/g, encodeURIComponent))
  response.end()
}

function demandWebAddress(url: string): void {
  if (/^\/(?![/\\])[^\x00-\x20\x7f]*$/.test(url)) return
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) return
  throw new EmrexError('INTERNAL', 'A browser is only sent to http and https addresses')
}
