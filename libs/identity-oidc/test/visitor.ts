import type { BrowserAction, InboundMessage } from '@emrex-gateway/core'
import { formsOf } from '@emrex-gateway/testing'
import { callbackUrl } from './registration.js'

/**
 * A person at the stand-in: follows the redirects with the cookies of this one login, presses a button, and brings back
 * what the issuer sends to our callback, which nobody listens to.
 */
export async function visit(action: BrowserAction, button: string, reach = fetch): Promise<InboundMessage> {
  const cookies = new Map<string, string>()
  const ask = async (url: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await reach(url, { method: body ? 'POST' : 'GET', redirect: 'manual', headers: { cookie }, body })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = line.split(';')[0]!.split('=')
      cookies.set(name, value)
    }
    return response
  }
  let url = action.url
  let response = await ask(url)
  for (let step = 0; step < 10; step++) {
    const location = response.headers.get('location')
    if (location !== null) {
      url = new URL(location, url).href
      if (url.startsWith(callbackUrl)) return { method: 'GET', url, form: new Map() }
      response = await ask(url)
      continue
    }
    const html = await response.text()
    const [form] = formsOf(html)
    if (form === undefined) throw new Error(`no form on the page: ${html.replace(/<[^>]*>/g, ' ').slice(0, 300)}`)
    const fields = new Map(form.fields)
    if (form.action === callbackUrl) return { method: 'POST', url: callbackUrl, form: fields }
    const pressed = form.buttons.find(({ text }) => text === button)
    if (pressed === undefined) throw new Error(`no button "${button}"`)
    response = await ask(url, new URLSearchParams([...fields, [pressed.name!, pressed.value]]))
  }
  throw new Error('the stand-in sends us around without an end')
}
