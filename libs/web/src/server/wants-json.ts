import type { IncomingHttpHeaders } from 'node:http'

/** Does a request ask for JSON and not for pages? Browsers always ask for HTML, and whoever shows a key is a program. */
export function wantsJson({ accept = '', authorization = '' }: IncomingHttpHeaders): boolean {
  if (/^Bearer /i.test(authorization)) return true
  const types = accept.split(',').map((part) => part.split(';', 1)[0]?.trim().toLowerCase() ?? '')
  return types.some((type) => /^application\/(.+\+)?json$/.test(type)) && !types.includes('text/html')
}
