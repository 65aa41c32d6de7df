import { setTimeout as wait } from 'node:timers/promises'
import { formsOf, textOfHtml, type HtmlForm } from './html-forms.js'

export interface BrowserPage {
  readonly url: string
  readonly status: number
  readonly headers: Headers
  readonly html: string
}

interface Cookie {
  readonly host: string
  readonly name: string
  readonly value: string
  readonly sameSite: string
}

/** How to press a button: its text (whole or a part), in which form, with which boxes unticked and fields filled. */
export interface Press {
  readonly button?: string
  readonly action?: string
  readonly fields?: Readonly<Record<string, string>>
  readonly untick?: readonly string[]
}

/**
 * A browser without script: follows redirects, keeps cookies per host name, honours SameSite=Lax on cross-site posts, and
 * says `Sec-Fetch-Site` as a browser does. `localhost` and `127.0.0.1` are two sites, as for a browser.
 */
export class PlainBrowser {
  private cookies: Cookie[] = []
  /** A redirect to an address like this is not followed: the browser stands still, and `held` is where it would go. */
  holdAt: ((address: URL) => boolean) | undefined
  held: string | undefined
  page: BrowserPage = { url: 'about:blank', status: 0, headers: new Headers(), html: '' }

  get text(): string {
    return textOfHtml(this.page.html)
  }

  get heading(): string {
    return textOfHtml(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(this.page.html)?.[1] ?? '')
  }

  get forms(): readonly HtmlForm[] {
    return formsOf(this.page.html)
  }

  cookieNames(host: string): readonly string[] {
    return this.cookies.filter((cookie) => cookie.host === host).map(({ name }) => name)
  }

  /** Every cookie of a host, as the browser would send them there. */
  cookieHeader(host: string): string {
    return this.cookies
      .filter((cookie) => cookie.host === host)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  }

  async open(url: string): Promise<BrowserPage> {
    return this.request(
      'GET',
      new URL(url, this.page.url === 'about:blank' ? undefined : this.page.url),
      undefined,
      undefined,
    )
  }

  /** A file, saved; the page that is open stays. */
  async download(url: string): Promise<{ readonly status: number; readonly headers: Headers; readonly bytes: Buffer }> {
    const at = new URL(url, this.page.url === 'about:blank' ? undefined : this.page.url)
    const cookie = this.cookies
      .filter(({ host }) => host === at.hostname)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
    const response = await fetch(at, { redirect: 'manual', headers: { 'sec-fetch-site': 'same-origin', cookie } })
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  /** Presses a button; afterwards forms that submit themselves are submitted, as the site's script would. */
  async press(press: Press | string): Promise<BrowserPage> {
    const how = typeof press === 'string' ? { button: press } : press
    const { form, button } = this.find(how)
    const untick = new Set(how.untick)
    const fields = new URLSearchParams()
    for (const [name, value] of form.fields) fields.append(name, how.fields?.[name] ?? value)
    for (const box of form.boxes)
      if ((how.fields?.[box.name] ?? (box.checked && !untick.has(box.name) ? 'yes' : '')) !== '')
        fields.append(box.name, box.value)
    if (button?.name !== undefined) fields.append(button.name, button.value)
    await this.submit(form, fields)
    return this.followAutoSubmit()
  }

  /** Submits forms that submit themselves until a page stays. */
  async followAutoSubmit(): Promise<BrowserPage> {
    for (let step = 0; step < 8; step++) {
      const form = this.forms.find(({ autoSubmit }) => autoSubmit)
      if (form === undefined) return this.page
      const button = form.buttons.find(({ name }) => name !== undefined)
      await this.submit(
        form,
        new URLSearchParams([
          ...form.fields.map(([name, value]) => [name, value]),
          ...(button ? [[button.name!, button.value]] : []),
        ]),
      )
    }
    throw new Error('pages submit themselves without an end')
  }

  async submit(form: HtmlForm, fields: URLSearchParams): Promise<BrowserPage> {
    const target = new URL(form.action === '' ? this.page.url : form.action, this.page.url)
    if (form.method === 'POST') return this.request('POST', target, fields.toString(), this.page.url)
    target.search = fields.toString()
    return this.request('GET', target, undefined, this.page.url)
  }

  /** Opens a page that waits for something again and again, as its script would, while it has this heading. @throws {Error} after a minute */
  async renewWhile(heading: string): Promise<void> {
    const end = performance.now() + 60_000
    while (this.heading === heading) {
      if (performance.now() > end) throw new Error(`the page still says "${heading}" after a minute`)
      await wait(100)
      await this.open(this.page.url)
    }
  }

  private find({ button: text, action }: Press): { form: HtmlForm; button?: HtmlForm['buttons'][number] } {
    for (const form of this.forms) {
      if (action !== undefined && !form.action.includes(action)) continue
      const button =
        text === undefined ? form.buttons[0] : form.buttons.find((candidate) => candidate.text.includes(text))
      if (button !== undefined || text === undefined) return { form, ...(button === undefined ? {} : { button }) }
    }
    const there = this.forms.flatMap(({ buttons }) => buttons.map((button) => button.text)).join(' | ')
    throw new Error(`no button "${text ?? ''}" on "${this.heading}" (${this.page.status}); there are: ${there}`)
  }

  private async request(
    method: 'GET' | 'POST',
    url: URL,
    body: string | undefined,
    from: string | undefined,
  ): Promise<BrowserPage> {
    let [at, how, content] = [url, method, body]
    const site = from === undefined ? 'none' : new URL(from).hostname === url.hostname ? 'same-origin' : 'cross-site'
    for (let hop = 0; hop < 12; hop++) {
      const cookies = this.cookies.filter(
        ({ host, sameSite }) => host === at.hostname && (site !== 'cross-site' || how === 'GET' || sameSite === 'none'),
      )
      const response = await fetch(at, {
        method: how,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          'sec-fetch-site': site,
          ...(cookies.length > 0 ? { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') } : {}),
          ...(content === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(content === undefined ? {} : { body: content }),
      })
      this.keep(response.headers.getSetCookie(), at.hostname)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || location === null) {
        this.page = { url: at.href, status: response.status, headers: response.headers, html: await response.text() }
        return this.page
      }
      const next = new URL(location, at)
      if (this.holdAt?.(next) === true) {
        this.held = next.href
        this.page = { url: at.href, status: response.status, headers: response.headers, html: await response.text() }
        return this.page
      }
      await response.arrayBuffer()
      at = next
      if (response.status !== 307 && response.status !== 308) [how, content] = ['GET', undefined]
    }
    throw new Error('redirects without an end')
  }

  private keep(lines: readonly string[], host: string): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      const value = pair.slice(pair.indexOf('=') + 1)
      const sameSite =
        attributes
          .find((part) => /^samesite=/i.test(part))
          ?.slice(9)
          .toLowerCase() ?? 'lax'
      this.cookies = this.cookies.filter((cookie) => cookie.host !== host || cookie.name !== name)
      if (!attributes.some((part) => /^max-age=0$/i.test(part))) this.cookies.push({ host, name, value, sameSite })
    }
  }
}
