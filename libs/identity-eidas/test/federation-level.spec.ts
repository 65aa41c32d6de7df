import type { LoginOrder } from '@emrex-gateway/core'
import { recordingHost, startMockIdp } from '@emrex-gateway/testing'
import { eidasIdentityPlugin, eidasSettings } from '../src/index.js'
import { makeKeyFolder } from './key-folder.js'

const entityId = 'https://gateway.example/saml'
const order: LoginOrder = {
  ...{ handle: 'handle-one', callbackUrl: 'https://gateway.example/ncp/one/login/callback' },
  ...{ minimumLoa: 'substantial', freshLogin: true, language: 'en' },
}
const mfa = 'https://refeds.org/profile/mfa'
const password = 'urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport'

/** A login at a university that proofed the person well, in this way. */
async function logIn(profile: string, assurance: string, level: string) {
  const keys = await makeKeyFolder(undefined)
  const attributes = { 'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': assurance }
  const idp = await startMockIdp({ people: [{ id: 'ada', label: 'Ada', nameId: '_1', attributes }], level })
  try {
    idp.register(entityId, { consumerUrl: order.callbackUrl })
    const settings = eidasSettings.parse({
      profile,
      entityId,
      identityProvider: { entityId: idp.entityId, metadataFile: keys.file('idp.xml', idp.metadata) },
      signing: [{ keyFile: keys.keyFile, certificateFile: keys.certificateFile }],
    })
    const provider = await eidasIdentityPlugin.create(settings, recordingHost(), 'home')
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
    return await provider.complete({ method: 'POST', url: order.callbackUrl, form }, pending, order)
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
      expect(await logIn(profile, assurance, password)).toMatchObject({ ok: false, reason: 'loa-too-low' })
      expect(await logIn(profile, assurance, mfa)).toMatchObject({ ok: true, identity: { loa: 'substantial' } })
    },
    60_000,
  )
})
