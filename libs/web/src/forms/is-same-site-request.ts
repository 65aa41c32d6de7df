import type { IncomingMessage } from 'node:http'

/**
 * Does the browser say that a post came from our own page? What it does not say cannot speak against it: old browsers
 * send neither header, and `Origin` is `null` under our own referrer policy. The form token decides then.
 *
 * Spec: Fetch Metadata Request Headers, `Sec-Fetch-Site`; Fetch, "append a request Origin header".
 */
export function isSameSiteRequest(request: IncomingMessage, publicUrl: string): boolean {
  const fetchSite = request.headers['sec-fetch-site']
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  const origin = request.headers.origin
  return origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin
}
