import type { Loa, LoginOrder } from '@emrex-gateway/core'
import { recordingHost, startMockIdp } from '@emrex-gateway/testing'
import { eidasIdentityPlugin, eidasSettings } from '../src/index.js'
import { makeKeyFolder } from './key-folder.js'

const entityId = 'https://gateway.example/saml'
const anOrder: LoginOrder = {
  ...{ handle: 'handle-one', callbackUrl: 'https://gateway.example/ncp/one/login/callback' },
  ...{ minimumLoa: 'substantial', freshLogin: true, language: 'en' },
}
const mfa = 'https://refeds.org/profile/mfa'
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'

/** A login at a university with these attributes, in this way, and what stands in the log. */
async function logIn(
  profile: string,
  attributes: Readonly<Record<string, string>>,
  level: string,
  minimumLoa: Loa | 'none',
) {
  const keys = await makeKeyFolder(undefined)
  const host = recordingHost()
  const order = { ...anOrder, minimumLoa }
  const idp = await startMockIdp({ people: [{ id: 'ada', label: 'Ada', nameId: '_1', attributes }], level })
  try {
    idp.register(entityId, { consumerUrl: order.callbackUrl })
    const settings = eidasSettings.parse({
      profile,
      entityId,
      identityProvider: { entityId: idp.entityId, metadataFile: keys.file('idp.xml', idp.metadata) },
      signing: [{ keyFile: keys.keyFile, certificateFile: keys.certificateFile }],
    })
    const provider = await eidasIdentityPlugin.create(settings, host, 'home')
    const { action, pending } = await provider.begin(order)
    if (action.kind !== 'redirect') throw new Error(`the action is ${action.kind}`)
    const page = await (await fetch(action.url)).text()
    const login = /name="login" value="([^"]+)"/.exec(page)![1]!
    const answer = await fetch(`${idp.origin}/login`, {
      method: 'POST',
      body: new URLSearchParams({ login, person: 'ada' }),
    })
    const form = new Map(
      [...(await answer.text()).matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, a, b]) => [a!, b!]),
    )
    const outcome = await provider.complete({ method: 'POST', url: order.callbackUrl, form }, pending, order)
    return { outcome, log: host.lines.join('\n') }
  } finally {
    await idp.close()
    keys.remove()
  }
}

describe('the level of a federation', () => {
  it.each([
    ['se-swamid', 'http://www.swamid.se/policy/assurance/al3'],
    ['fi-haka', 'https://refeds.org/assurance/IAP/high'],
  ])(
    '%s: %s is substantial only after a login in two steps',
    async (profile, assurance) => {
      const attributes = { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': assurance }
      const weak = await logIn(profile, attributes, password, 'substantial')
      expect(weak.outcome).toMatchObject({ ok: false, reason: 'loa-too-low' })
      const strong = await logIn(profile, attributes, mfa, 'substantial')
      expect(strong.outcome).toMatchObject({ ok: true, identity: { loa: 'substantial' } })
    },
    60_000,
  )
})

describe('a national number that does not add up', () => {
  it('is taken, and its operator is told which kind it is, not which number', async () => {
    const { outcome, log } = await logIn('hr-aai-eduhr', { hrEduPersonOIB: '69435151531' }, password, 'none')
    expect(outcome).toMatchObject({ ok: true, identity: { identifiers: [{ scheme: 'national:HR' }] } })
    expect(log).toContain('national:HR check-digit')
    expect(log).not.toContain('69435151531')
  }, 60_000)

  it('is not spoken of when it does', async () => {
    const { outcome, log } = await logIn('hr-aai-eduhr', { hrEduPersonOIB: '69435151530' }, password, 'none')
    expect(outcome.ok).toBe(true)
    expect(log).not.toContain('doubtful')
  }, 60_000)
})
