import type { BrowserAction } from '@emrex-gateway/core'
import { onLoopback } from '../../test/on-loopback.js'
import { sendAction } from './send-action.js'

const frame = { site: { name: 'Example University' }, language: 'en' }
const internal = expect.objectContaining({ code: 'INTERNAL' })

/** What a browser gets for an action, over HTTP. */
const answerTo = (action: BrowserAction) =>
  onLoopback(
    (_, response) => {
      try {
        sendAction(response, action, frame)
      } catch (error) {
        response.statusCode = 500
        response.end((error as { code?: string }).code)
      }
    },
    async (origin) => {
      const response = await fetch(origin, { redirect: 'manual' })
      return { status: response.status, headers: response.headers, html: await response.text() }
    },
  )

const post = {
  kind: 'post',
  url: 'https://smp.example/return?x=1&y=2',
  fields: { sessionId: '"><b>', elmo: 'H4s+/=' },
} as const
const choice = {
  kind: 'choice',
  url: '/login/demo',
  title: 'Who are you?',
  field: 'person',
  fields: { handle: 'h' },
  options: [{ value: 'a', label: 'Aino Esimerkki', detail: 'two courses' }],
} as const

const fixed =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"

describe('sendAction', () => {
  it('redirects with 303, so that a post is followed by GET', async () => {
    const { status, headers, html } = await answerTo({ kind: 'redirect', url: 'https://login.example/start?a=b%20c' })
    expect([status, headers.get('location'), html]).toEqual([303, 'https://login.example/start?a=b%20c', ''])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  it('writes an address with letters beyond ASCII so that a header can carry it', async () => {
    const { headers } = await answerTo({ kind: 'redirect', url: 'https://login.example/å?a=b%20c' })
    expect(headers.get('location')).toBe('https://login.example/%C3%A5?a=b%20c')
  })

  it('posts by a form that holds exactly the fields, escaped, with a button for people without script', async () => {
    const { status, html } = await answerTo(post)
    expect(status).toBe(200)
    expect(html).toContain('action="https://smp.example/return?x=1&amp;y=2"')
    expect(html).toContain('<input type="hidden" name="sessionId" value="&quot;>&lt;b>"/>')
    expect(html).toContain('<input type="hidden" name="elmo" value="H4s+/="/>')
    expect(html).toMatch(/<form method="post"[^>]* data-auto-submit/)
    expect(html.match(/ name="(?!viewport|color-scheme)/g)).toHaveLength(2)
    expect(html).toMatch(/<button class="button primary" type="submit">Continue<\/button>/)
  })

  it('lets a form with known ends lead there alone', async () => {
    const { headers } = await answerTo({ ...post, formOrigins: ['https://smp.example', 'https://sis.example:8443'] })
    expect(headers.get('content-security-policy')).toBe(
      `${fixed}; form-action https://smp.example https://sis.example:8443`,
    )
  })

  it('sets no limit for a form whose ends nobody knows, nor for a choice', async () => {
    expect((await answerTo(post)).headers.get('content-security-policy')).toBe(fixed)
    expect((await answerTo(choice)).headers.get('content-security-policy')).toBe(fixed)
  })

  it.each(["https://a.example; script-src 'unsafe-inline'", 'https://a.example/path', 'javascript:', '*', ''])(
    'refuses %p as an end of a form',
    async (origin) => {
      const { status, html } = await answerTo({ ...post, formOrigins: [origin] })
      expect([status, html]).toEqual([500, 'INTERNAL'])
    },
  )

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'ftp://x/',
    'https://',
  ])('sends nobody to %p', (url) => {
    for (const action of [{ kind: 'redirect', url } as const, { ...post, url }, { ...choice, url }])
      expect(() => sendAction({} as never, action, frame)).toThrow(internal)
  })

  it('asks a choice by one button per option', async () => {
    const { html } = await answerTo({ ...choice, cancelValue: 'none' })
    expect(html).toContain('<h1 tabindex="-1">Who are you?</h1>')
    expect(html).toContain('<input type="hidden" name="handle" value="h"/>')
    expect(html).toContain('type="submit" name="person" value="a"')
    expect(html).toContain('type="submit" name="person" value="none"')
    expect(html).not.toContain('data-filter')
  })

  it('offers to search when there are more than eight options', async () => {
    const options = Array.from({ length: 9 }, (_, index) => ({ value: `${index}`, label: `Person ${index}` }))
    expect((await answerTo({ ...choice, options })).html).toContain('data-filter="options"')
  })

  it('carries a document of 40 MB', async () => {
    const elmo = 'abcd'.repeat(10_000_000)
    const { html } = await answerTo({ ...post, fields: { elmo } })
    expect(html.includes(`value="${elmo}"`)).toBe(true)
  })

  it('answers every page so that it is kept nowhere, framed by nobody and tells no address', async () => {
    const { headers } = await answerTo(choice)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('permissions-policy')).toContain('camera=()')
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  })
})
