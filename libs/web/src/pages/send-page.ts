import type { ServerResponse } from 'node:http'
import { setPageHeaders } from './page-headers.js'
import { renderPage, type PageView } from './page.js'

/** Answers with a page: status, safe headers, HTML. */
export function sendPage(response: ServerResponse, view: PageView): void {
  const html = renderPage(view)
  setPageHeaders(response, view.formAction)
  response.statusCode = view.status
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.setHeader('Content-Language', view.language)
  response.end(html)
}
