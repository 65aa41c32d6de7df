import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inflateRawSync } from 'node:zlib'
import {
  describeWith,
  PlainBrowser,
  recordingHost,
  startSimpleSamlPhp,
  type SimpleSamlPhp,
} from '@emrex-gateway/testing'
import type { BrowserAction, IdentityProvider } from '@emrex-gateway/core'
import { samlProvider } from '../../src/provider/saml-provider.js'
import type { SamlProfile } from '../../src/profile.js'
import { loa, names } from '../saml-factory.js'
import { makeSettingsFolder, order, ourEntityId, posted, profile, type SettingsFolder } from './invented.js'

const people = {
  ada: {
    uid: ['ada-1'],
    [names.identifier]: ['NO/SE/05068907693'],
    [names.family]: ['Nordmann-Prøve'],
    [names.given]: ['Ada Marie'],
    [names.birthDate]: ['1989-06-05'],
  },
}
const reason = 'SimpleSAMLphp has no other'
const relax = { oaepSha1: { reason }, aesCbc: { reason } }

describeWith(describe, 'simplesamlphp', 'samlProvider and SimpleSAMLphp', () => {
  let files: SettingsFolder
  let idp: SimpleSamlPhp | undefined
  beforeAll(async () => {
    files = await makeSettingsFolder()
  }, 60_000)
  afterEach(async () => {
    await idp?.close()
    idp = undefined
  }, 60_000)
  afterAll(() => files.remove())

  async function start(
    cipher: 'none' | 'aes128-cbc' | 'aes256-gcm',
    rules: SamlProfile,
    logoutUrl = 'https://gateway.example/ncp/one/login/logout',
  ): Promise<IdentityProvider> {
    const { signing, encryption } = files.certificates
    idp = await startSimpleSamlPhp({
      people,
      level: loa.substantial,
      service: {
        entityId: ourEntityId,
        consumerUrl: order().callbackUrl,
        logoutUrl,
        signingCertificate: signing,
        ...(cipher === 'none' ? {} : { encryptionCertificate: encryption }),
      },
      ...(cipher === 'none' ? {} : { cipher }),
    })
    return samlProvider(await files.settings(idp), rules, recordingHost(), 'uni')
  }

  /** Logs in at its page, without a browser's script, and gives the fields that it would post to us. */
  async function logIn(browser: PlainBrowser, action: BrowserAction): Promise<Readonly<Record<string, string>>> {
    if (action.kind === 'redirect') await browser.open(action.url)
    else if (action.kind === 'post')
      await browser.submit(
        { action: action.url, method: 'POST', fields: [], boxes: [], buttons: [], autoSubmit: false },
        new URLSearchParams(action.fields),
      )
    const form = browser.forms.find(({ fields }) => fields.some(([name]) => name === 'AuthState'))
    if (form === undefined) throw new Error(`no login form: ${browser.page.status} ${browser.text.slice(0, 400)}`)
    const login = new URLSearchParams(form.fields.map(([name, value]) => [name, value]))
    login.set('username', 'ada')
    login.set('password', 'ada')
    await browser.submit(form, login)
    const answer = browser.forms.find(({ fields }) => fields.some(([name]) => name === 'SAMLResponse'))
    if (answer === undefined) throw new Error(`no answer: ${browser.page.status} ${browser.text.slice(0, 400)}`)
    expect(answer.action).toBe(order().callbackUrl)
    return Object.fromEntries(answer.fields)
  }

  const identity = {
    provider: 'uni',
    subject: 'ada-1',
    loa: 'substantial',
    country: 'NO',
    names: [{ given: 'Ada Marie', family: 'Nordmann-Prøve', kind: 'current' }],
    birthDate: { value: '1989-06-05', precision: 'day' },
  }

  it('logs in with signed messages both ways, by a form', async () => {
    const provider = await start('none', profile({ signed: 'both' }))
    const { action, pending } = await provider.begin(order())
    const message = posted(await logIn(new PlainBrowser(), action))
    expect(provider.correlate(message)).toBe('handle-one')
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: true, identity })
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: false, reason: 'replayed' })
  }, 120_000)

  it('logs in by an address whose query is signed, with an assertion in AES-256-GCM', async () => {
    const rules = profile({ signed: 'both', encrypted: 'required', relax: { oaepSha1: relax.oaepSha1 } })
    const provider = await start('aes256-gcm', { ...rules, request: { ...rules.request, binding: 'redirect' } })
    const { action, pending } = await provider.begin(order())
    expect(action.kind).toBe('redirect')
    const message = posted(await logIn(new PlainBrowser(), action))
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: true, identity })
  }, 120_000)

  it('takes AES-CBC, which it encrypts with as it is shipped, under a relaxation alone', async () => {
    const rules = profile({ signed: 'both', encrypted: 'required', relax })
    const provider = await start('aes128-cbc', rules)
    const { action, pending } = await provider.begin(order())
    const message = posted(await logIn(new PlainBrowser(), action))
    const strict = await samlProvider(
      await files.settings(idp!),
      profile({ signed: 'both', encrypted: 'required', relax: { oaepSha1: relax.oaepSha1 } }),
      recordingHost(),
      'uni',
    )
    expect(await strict.complete(message, pending, order())).toMatchObject({ ok: false, detail: 'enc-alg' })
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: true, identity })
  }, 120_000)

  it('ends its session, and takes what it answers', async () => {
    const seen: string[] = []
    const gateway = createServer((request, response) => {
      seen.push(request.url ?? '')
      response.end('<h1>Logged out</h1>')
    }).listen(0, '127.0.0.1')
    await once(gateway, 'listening')
    try {
      const gatewayOrigin = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
      const logoutUrl = `${gatewayOrigin}/logout`
      const provider = await start('none', profile({ signed: 'both' }, { logout: 'redirect' }), logoutUrl)
      const browser = new PlainBrowser()
      const { action, pending } = await provider.begin(order())
      const outcome = await provider.complete(posted(await logIn(browser, action)), pending, order())
      if (!outcome.ok || outcome.session === undefined) throw new Error('no session')
      const goodbye = await provider.logout!.begin(outcome.session, logoutUrl)
      if (goodbye.kind !== 'redirect') throw new Error('no redirect')
      await browser.open(goodbye.url)
      expect(browser.heading).toBe('Logged out')
      expect(seen).toHaveLength(1)
      const answer = `${gatewayOrigin}${seen[0]!}`
      const packed = new URL(answer).searchParams.get('SAMLResponse') ?? ''
      expect(inflateRawSync(Buffer.from(packed, 'base64')).toString()).toContain('status:Success')
      expect(await provider.logout!.receive({ method: 'GET', url: answer, form: new Map() }, logoutUrl)).toEqual({})
    } finally {
      gateway.close()
    }
  }, 120_000)
})
