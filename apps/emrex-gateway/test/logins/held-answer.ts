import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { PlainBrowser } from '@emrex-gateway/testing'
import { loginName, type Town } from '@emrex-gateway/town'

/** An answer of a login on its way to the gateway, caught before it arrives. */
export interface HeldAnswer {
  readonly method: 'GET' | 'POST'
  /** Where it goes, without a query. */
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  /** What the browser of this login would send along. */
  readonly cookie: string
}

/** What the gateway says to an answer. */
export interface Said {
  readonly status: number
  readonly location: string | undefined
  /** Of a problem. */
  readonly code: string | undefined
  readonly body: string
}

/** One end of the town, as somebody who tries its logins finds it. */
export interface Side {
  readonly side: 'home' | 'abroad'
  /** Heading of the page after the login of Ingrid. */
  readonly after: string
  entry(town: Town): string
  /** The newest transfer that waits for a login. */
  waiting(town: Town): Promise<{ readonly id: string } | undefined>
  goToLogins(town: Town, browser: PlainBrowser): Promise<unknown>
}

export const sides: readonly Side[] = [
  {
    side: 'home',
    after: 'Where are your results?',
    entry: (town) => town.smpUrl('nordfjord'),
    waiting: async ({ gateway }) => {
      const { flow } = gateway.smps.find(({ flow: { entry } }) => entry.id === 'nordfjord')!
      return (await flow.transfers.list({ entry: 'nordfjord', states: ['login'], limit: 1 }))[0]
    },
    async goToLogins(town, browser) {
      await browser.open(town.smpUrl('nordfjord'))
      await browser.press('Start')
    },
  },
  {
    side: 'abroad',
    after: 'Choose your results',
    entry: (town) => town.ncpUrl('poland'),
    waiting: async ({ gateway }) => {
      const flow = gateway.ncps.find(({ entry }) => entry.id === 'poland')!
      return (await flow.transfers.list({ entry: 'poland', states: ['login'], limit: 1 }))[0]
    },
    async goToLogins(town, browser) {
      await browser.open(town.address)
      const fields = new URLSearchParams({
        sessionId: `session-${Math.random()}`,
        returnUrl: `${town.smpUrl('nordfjord')}/return`,
      })
      const form = { action: town.ncpUrl('poland'), method: 'POST', autoSubmit: false } as const
      await browser.submit({ ...form, fields: [], boxes: [], buttons: [] }, fields)
    },
  },
]

/** Begins a login on the page of logins, and goes on to the page of the login. */
export async function begin(browser: PlainBrowser, login: string): Promise<void> {
  const form = browser.forms.find(({ buttons }) => buttons.some(({ value }) => value === login))
  const label = form?.buttons.find(({ value }) => value === login)?.text
  if (label === undefined) throw new Error(`no login ${login} on "${browser.heading}" (${browser.page.status})`)
  await browser.press(label)
}

/** Presses a button at the page of a login, and carries its answer to us where it comes as a form. */
export async function pressAtLogin(browser: PlainBrowser, button: string): Promise<void> {
  await browser.press(button)
  const form = browser.forms.find(({ fields }) => fields.some(([name]) => /^(SAMLResponse|SAMLart)$/.test(name)))
  if (form !== undefined) await browser.press('Continue')
}

/** Logs in at the page of the login that is open, and holds its answer. The browser stays where it is. */
export async function hold(browser: PlainBrowser, person = 'ingrid'): Promise<HeldAnswer> {
  const isHere = ({ text: label }: { readonly text: string }) => label === loginName(person)
  const form = browser.forms.find(({ buttons }) => buttons.some(isHere))
  if (form === undefined) throw new Error(`nobody to choose on "${browser.heading}" (${browser.page.status})`)
  const button = form.buttons.find(isHere)!
  browser.holdAt = ({ pathname }) => pathname.endsWith('/callback')
  browser.held = undefined
  const named = button.name === undefined ? [] : [[button.name, button.value]]
  await browser.submit(form, new URLSearchParams([...form.fields.map(([...pair]) => pair), ...named]))
  browser.holdAt = undefined
  const cookieFor = (url: string) => ({ cookie: browser.cookieHeader(new URL(url).hostname) })
  if (browser.held !== undefined) {
    const { origin, pathname, searchParams } = new URL(browser.held)
    const url = `${origin}${pathname}`
    return { method: 'GET', url, fields: Object.fromEntries(searchParams), ...cookieFor(url) }
  }
  const answer = browser.forms.find(({ action }) => action.endsWith('/callback'))
  if (answer === undefined) throw new Error(`no answer on "${browser.heading}" (${browser.page.status})`)
  return { method: 'POST', url: answer.action, fields: Object.fromEntries(answer.fields), ...cookieFor(answer.action) }
}

/** The whole way: a new browser, a login begun, its answer held. */
export async function caught(town: Town, side: Side, login: string, person?: string) {
  const browser = new PlainBrowser()
  await side.goToLogins(town, browser)
  await begin(browser, login)
  return { browser, answer: await hold(browser, person) }
}

/** Brings an answer to the gateway in a browser, as the page of the login would. */
export async function deliver(browser: PlainBrowser, { method, url, fields }: HeldAnswer): Promise<void> {
  if (method === 'GET') return void (await browser.open(`${url}?${new URLSearchParams(fields)}`))
  const form = { action: url, method, autoSubmit: false, fields: [], boxes: [], buttons: [] } as const
  await browser.submit(form, new URLSearchParams(fields))
  await browser.followAutoSubmit()
}

export interface Sending {
  /** Where to connect to, when it is not the address of the answer. */
  readonly port?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as it is. */
  readonly body?: string
}

/** Sends an answer as a bare request, with the cookie of its browser, and asks for JSON. */
export async function send({ method, url, fields, cookie }: HeldAnswer, more: Sending = {}): Promise<Said> {
  const { hostname, port, pathname, host } = new URL(url)
  const packed = more.body ?? new URLSearchParams(fields).toString()
  const outgoing = request({
    ...{ hostname: hostname === 'localhost' ? '127.0.0.1' : hostname, port: more.port ?? port, method },
    path: method === 'GET' ? `${pathname}?${packed}` : pathname,
    headers: {
      host,
      accept: 'application/json',
      ...(cookie === '' ? {} : { cookie }),
      ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...more.headers,
    },
  })
  outgoing.end(method === 'POST' ? packed : undefined)
  return new Promise((resolve, reject) => {
    outgoing.once('error', reject).once('response', (response) => {
      text(response).then((body) => {
        const isProblem = (response.headers['content-type'] ?? '').includes('problem+json')
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location,
          code: isProblem ? (JSON.parse(body) as { code: string }).code : undefined,
          body,
        })
      }, reject)
    })
  })
}
