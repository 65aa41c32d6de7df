import * as crypto from 'node:crypto'
import * as core from '@emrex-gateway/core'
import type { BrowserAction, IdentityPlugin, InboundMessage, LoginOrder } from '@emrex-gateway/core'
import { recordingHost, runReadmeExample } from '@emrex-gateway/testing'
import { identityProviderContract } from '@emrex-gateway/testing/contracts'
import * as zod from 'zod'

const page = new URL('../../../docs/writing-an-identity-plugin.md', import.meta.url)
const secret = crypto.randomBytes(32).toString('base64url')
const settings = { label: 'Our portal', url: 'https://portal.uni.example/login', secret }

const example = async () => {
  const modules = { 'node:crypto': crypto, '@emrex-gateway/core': core, zod }
  const { portalPlugin } = await runReadmeExample(page, modules, { Buffer, URL })
  return portalPlugin as IdentityPlugin<typeof settings>
}
const open = async () => (await example()).create(settings, recordingHost(), 'portal')

/** What the portal posts to our callback, sealed by another implementation than the example's: the key of Web Crypto. */
async function posted(action: BrowserAction, ticket: object): Promise<InboundMessage> {
  const { searchParams } = new URL(action.url)
  const [state, url] = [searchParams.get('state')!, searchParams.get('return')!]
  const packed = Buffer.from(JSON.stringify(ticket)).toString('base64url')
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', Buffer.from(secret), hmac, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, Buffer.from(`${state}.${packed}`))
  const fields = { state, ticket: packed, mac: Buffer.from(mac).toString('base64url') }
  return { method: 'POST', url, form: new Map(Object.entries(fields)) }
}

const ticketOf = (more: object = {}) => ({
  subject: 'u-1',
  level: 'two-factor',
  at: new Date().toISOString(),
  until: new Date(Date.now() + 60_000).toISOString(),
  nonce: crypto.randomUUID(),
  claims: { number: '0123', family: 'Prøve', given: 'Ada', born: '1989-06-05' },
  ...more,
})
const order: LoginOrder = {
  ...{ handle: 'handle-one', callbackUrl: 'https://gateway.example/ncp/one/login/callback' },
  ...{ minimumLoa: 'substantial', freshLogin: true, language: 'en' },
}
const changed = (message: InboundMessage, name: string): InboundMessage => ({
  ...message,
  form: new Map([...message.form, [name, `${message.form.get(name)}x`]]),
})

identityProviderContract('the example of docs/writing-an-identity-plugin.md', {
  open,
  answer: (action, _order, what) => posted(action, what === 'cancel' ? { cancelled: true } : ticketOf()),
  spoil: (message) => changed(message, 'ticket'),
  broken: {
    'by another seal': (message) => changed(message, 'mac'),
    'by a missing seal': (message) => ({
      ...message,
      form: new Map([...message.form].filter(([name]) => name !== 'mac')),
    }),
    'by another state': (message) => changed(message, 'state'),
  },
  personalData: ['Ada', 'Prøve', '0123', '1989-06-05'],
})

describe('the example of docs/writing-an-identity-plugin.md', () => {
  const outcomeOf = async (ticket: object) => {
    const provider = await open()
    const { action, pending } = await provider.begin(order)
    const message = await posted(action, ticket)
    return {
      first: await provider.complete(message, pending, order),
      again: () => provider.complete(message, pending, order),
    }
  }

  it('gives an identity with a student number of the university, once', async () => {
    const { first, again } = await outcomeOf(ticketOf())
    expect(first).toMatchObject({
      ok: true,
      identity: {
        subject: 'u-1',
        loa: 'substantial',
        birthDate: { value: '1989-06-05', precision: 'day' },
        identifiers: [{ scheme: 'student:uni.example', value: '0123' }],
      },
    })
    expect(await again()).toMatchObject({ ok: false, reason: 'replayed' })
  })

  it.each([
    ['expired', { until: '2020-01-01T00:00:00Z' }],
    ['expired', { until: 'never' }],
    ['loa-too-low', { level: 'password' }],
    ['attributes-missing', { claims: { family: 'Prøve', born: '1989-06-05' } }],
    ['invalid-message', { claims: { number: '0123', family: 'Prøve', born: '5 June 1989' } }],
  ])('refuses as %s what is %j', async (reason, change) => {
    expect((await outcomeOf(ticketOf(change))).first).toMatchObject({ ok: false, reason })
  })

  it('has settings that fail early', async () => {
    const { config } = await example()
    expect(config.safeParse(settings).success).toBe(true)
    expect(config.safeParse({ ...settings, secret: 'short' }).success).toBe(false)
  })
})
