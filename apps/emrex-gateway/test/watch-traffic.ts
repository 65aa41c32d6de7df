export interface Traffic {
  /** Every address that the browser asked the gateway for, and every one that it was sent on to. */
  readonly urls: Set<string>
  /** Every `Set-Cookie` line. */
  readonly cookies: Set<string>
  /** What opens something: cookie secrets, form tokens, session ids, login handles. */
  readonly secrets: Set<string>
  stop(): void
}

const secretFields = ['form-token', 'sessionId', 'state']

/** Notes what goes over the wire between browsers and the gateway from now on, until it is stopped. */
export function watchTraffic(): Traffic {
  const [urls, cookies, secrets] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const original = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const response = await original(input, init)
    urls.add(input instanceof Request ? input.url : String(input))
    const location = response.headers.get('location')
    if (location !== null) urls.add(location)
    for (const line of response.headers.getSetCookie()) {
      cookies.add(line)
      secrets.add(line.slice(line.indexOf('=') + 1).split(';')[0]!)
    }
    const html = await response.clone().text()
    for (const name of secretFields)
      for (const [, value] of html.matchAll(new RegExp(`name="${name}" value="([^"]+)"`, 'g'))) secrets.add(value!)
    return response
  }
  return { urls, cookies, secrets, stop: () => void (globalThis.fetch = original) }
}
