import { createPrivateKey } from 'node:crypto'
import {
  makeThrowawaySigner,
  recordingHost,
  startMockIdp,
  type MockIdp,
  type RecordingHost,
} from '@emrex-gateway/testing'
import type { IdentityProvider, InboundMessage } from '@emrex-gateway/core'
import { createLogoutRequest, createLogoutResponse } from '../../src/messages/create-logout.js'
import { sendMessage } from '../../src/messages/send-message.js'
import { samlProvider } from '../../src/provider/saml-provider.js'
import { signElement } from '../saml-factory.js'
import {
  ada,
  fieldsOf,
  makeSettingsFolder,
  order,
  ourEntityId,
  personalData,
  posted,
  profile,
  type SettingsFolder,
} from './invented.js'

const logoutUrl = 'https://gateway.example/ncp/one/login/logout'
const now = new Date('2026-11-26T12:00:00Z')

let files: SettingsFolder
let idp: MockIdp
let stranger: { readonly privateKey: string; readonly certificate: string }
let theirs: { readonly privateKey: string; readonly certificate: string }
beforeAll(async () => {
  files = await makeSettingsFolder()
  stranger = await makeThrowawaySigner()
  theirs = await makeThrowawaySigner()
  idp = await startMockIdp({ people: [ada], now: () => now, services: { [ourEntityId]: { logoutUrl } } })
}, 60_000)
afterAll(async () => {
  await idp.close()
  await files.remove()
}, 60_000)

/** Our provider; a second key stands in the metadata of the login, with which the test signs in its name. */
async function open(binding: 'post' | 'redirect'): Promise<{ provider: IdentityProvider; host: RecordingHost }> {
  const host = recordingHost({ now: () => now })
  const packed = theirs.certificate.replace(/-----[A-Z ]+-----|\s/g, '')
  const metadata = idp.metadata.replace(
    /<md:KeyDescriptor.*?<\/md:KeyDescriptor>/s,
    (first) => first + first.replace(/(<ds:X509Certificate>)[^<]*/, `$1${packed}`),
  )
  const settings = await files.settings({ ...idp, metadata })
  return { provider: await samlProvider(settings, profile({}, { logout: binding }), host, 'uni'), host }
}

interface Asked {
  readonly id?: string
  readonly issuedAt?: Date
  readonly destination?: string
  readonly entityId?: string
  readonly nameId?: string
}
const request = (asked: Asked = {}): { xml: string; id: string } => {
  const id = asked.id ?? '_theirs'
  const sent = {
    id,
    issuedAt: asked.issuedAt ?? now,
    destination: asked.destination ?? logoutUrl,
    entityId: asked.entityId ?? idp.entityId,
  }
  return { id, xml: createLogoutRequest(sent, { nameId: asked.nameId ?? 'ada-1' }) }
}

function send(asked: Asked, binding: 'post' | 'redirect', by = theirs, relayState = 'their state'): InboundMessage {
  const { id, xml } = request(asked)
  const key = createPrivateKey(by.privateKey)
  const signer = { key, certificate: by.certificate, signature: 'rsa-sha256', digest: 'sha256' } as const
  const action = sendMessage({ field: 'SAMLRequest', xml, id, url: logoutUrl, relayState }, binding, signer)
  return action.kind === 'post' ? posted(action.fields, logoutUrl) : { method: 'GET', url: action.url, form: new Map() }
}

/** The status of the answer that goes back, or that there is none. */
function statusOf(action: Awaited<ReturnType<NonNullable<IdentityProvider['logout']>['receive']>>['reply']): string {
  if (action === undefined) return 'none'
  if (action.kind !== 'post') return action.kind
  const xml = Buffer.from(action.fields['SAMLResponse']!, 'base64').toString()
  expect(xml).toContain('<ds:Signature')
  expect(xml).toContain('InResponseTo="_theirs')
  return /status:(\w+)"/.exec(xml)?.[1] ?? 'no status'
}

describe('the logout of samlProvider', () => {
  it('asks the login to end the session that it gave, and is answered', async () => {
    const { provider, host } = await open('post')
    const { action, pending } = await provider.begin(order())
    const outcome = await provider.complete(posted(await idp.answer(fieldsOf(action), 'ada')), pending, order())
    if (!outcome.ok || outcome.session === undefined) throw new Error('no session')
    const goodbye = await provider.logout!.begin(outcome.session, logoutUrl)
    const xml = Buffer.from(fieldsOf(goodbye)['SAMLRequest']!, 'base64').toString()
    expect(xml).toContain('>ada-1</saml:NameID>')
    expect(xml).toMatch(/<samlp:SessionIndex>_[0-9a-f]{32}</)
    const page = await (
      await fetch(goodbye.url, { method: 'POST', body: new URLSearchParams(fieldsOf(goodbye)) })
    ).text()
    expect(page).toContain(logoutUrl)
    const SAMLResponse = /name="SAMLResponse" value="([^"]+)"/.exec(page)![1]!
    expect(await provider.logout!.receive(posted({ SAMLResponse }, logoutUrl), logoutUrl)).toEqual({})
    for (const text of personalData) expect(host.lines.join('\n')).not.toContain(text)
  }, 60_000)

  it('ends nothing for a session without a name', async () => {
    const { provider } = await open('post')
    await expect(provider.logout!.begin({}, logoutUrl)).rejects.toThrow('cannot be ended')
  }, 60_000)

  it('is offered to nobody where the metadata of the login has no address for it', async () => {
    const metadata = idp.metadata.replace(/<md:SingleLogoutService[^>]*HTTP-Redirect[^>]*>/, '')
    const login = profile({}, { logout: 'redirect' })
    const host = recordingHost({ now: () => now })
    const provider = await samlProvider(await files.settings({ ...idp, metadata }), login, host, 'uni')
    const { action, pending } = await provider.begin(order())
    const outcome = await provider.complete(posted(await idp.answer(fieldsOf(action), 'ada')), pending, order())
    expect([outcome.ok, 'session' in outcome]).toEqual([true, false])
  }, 60_000)

  it.each(['post', 'redirect'] as const)('tells apart whether the login says that it was left, by %s', async (how) => {
    const { provider } = await open('post')
    const received = (outcome: 'Success' | 'Requester') => {
      const facts = { id: '_answer', issuedAt: now, destination: logoutUrl, entityId: idp.entityId }
      const xml = createLogoutResponse(facts, '_ours', outcome)
      const key = createPrivateKey(theirs.privateKey)
      const signer = { key, certificate: theirs.certificate, signature: 'rsa-sha256', digest: 'sha256' } as const
      const action = sendMessage({ field: 'SAMLResponse', xml, id: '_answer', url: logoutUrl }, how, signer)
      return provider.logout!.receive(
        action.kind === 'post' ? posted(action.fields, logoutUrl) : { method: 'GET', url: action.url, form: new Map() },
        logoutUrl,
      )
    }
    expect([await received('Success'), await received('Requester')]).toEqual([{}, { isLeft: false }])
  })

  it.each(['post', 'redirect'] as const)(
    'answers a good request of the login by %s, with its RelayState',
    async (binding) => {
      const { provider } = await open('post')
      const { reply } = await provider.logout!.receive(send({}, binding), logoutUrl)
      expect(statusOf(reply)).toBe('Success')
      expect(reply).toMatchObject({ url: `${idp.origin}/slo`, fields: { RelayState: 'their state' } })
    },
  )

  it.each(['post', 'redirect'] as const)(
    'SL-01 says no to one that is expired, misdirected or replayed, by %s',
    async (binding) => {
      const { provider } = await open('post')
      const receive = async (asked: Asked) =>
        statusOf((await provider.logout!.receive(send(asked, binding), logoutUrl)).reply)
      const longAgo = new Date(now.getTime() - 7_200_000)
      expect(await receive({ id: '_theirs1', issuedAt: longAgo })).toBe('Requester')
      expect(await receive({ id: '_theirs2', issuedAt: new Date(now.getTime() + 600_000) })).toBe('Requester')
      expect(await receive({ id: '_theirs3', destination: 'https://other.example/logout' })).toBe('Requester')
      expect(await receive({ id: '_theirs4' })).toBe('Success')
      expect(await receive({ id: '_theirs4' })).toBe('Requester')
    },
  )

  it('SL-01 does not answer one that is unsigned, of somebody else, or no request', async () => {
    const { provider, host } = await open('post')
    const { xml } = request()
    const form = (text: string): InboundMessage =>
      posted({ SAMLRequest: Buffer.from(text).toString('base64') }, logoutUrl)
    const wrapped = signElement(request().xml.replace(/samlp:LogoutRequest/g, 'samlp:LogoutResponse'), {
      key: createPrivateKey(theirs.privateKey),
    })
    for (const message of [
      form(xml),
      send({}, 'post', stranger),
      send({}, 'redirect', stranger),
      send({ entityId: 'https://other.example' }, 'post'),
      form('no xml'),
      form(wrapped),
      posted({ SAMLRequest: '' }, logoutUrl),
      { method: 'GET', url: `${logoutUrl}?SAMLRequest=x`, form: new Map() } as const,
    ])
      expect(await provider.logout!.receive(message, logoutUrl)).toEqual({ isLeft: false })
    expect(host.lines.filter((line) => line.includes('login.logout-refused'))).toHaveLength(8)
    for (const text of personalData) expect(host.lines.join('\n')).not.toContain(text)
  }, 60_000)

  it('SL-02 does nothing at an answer that nobody waits for', async () => {
    const { provider, host } = await open('post')
    const message = posted({ SAMLResponse: Buffer.from('<x/>').toString('base64') }, logoutUrl)
    expect(await provider.logout!.receive(message, logoutUrl)).toEqual({ isLeft: false })
    expect(host.lines.map((line) => line.includes('login.logout-refused'))).toEqual([true])
  }, 60_000)
})
