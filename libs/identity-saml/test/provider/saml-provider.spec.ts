import { access, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPrivateKey } from 'node:crypto'
import {
  makeThrowawaySigner,
  recordingHost,
  startMockIdp,
  type MockIdp,
  type ThrowawaySigner,
} from '@emrex-gateway/testing'
import { samlIdentityPlugin } from '../../src/provider/saml-identity-plugin.js'
import { samlProvider } from '../../src/provider/saml-provider.js'
import { plainSamlSettings } from '../../src/provider/plain-saml-settings.js'
import { signEnveloped } from '../../src/signature/sign-enveloped.js'
import { loa, names } from '../saml-factory.js'
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

let files: SettingsFolder
let idp: MockIdp
let operator: ThrowawaySigner
beforeAll(async () => {
  files = await makeSettingsFolder()
  operator = await makeThrowawaySigner()
  idp = await startMockIdp({ people: [ada], signed: 'assertion' })
  idp.register(ourEntityId, { encryptionCertificate: files.certificates.encryption })
  await writeFile(join(files.folder, 'operator.pem'), operator.certificate)
}, 60_000)
afterAll(async () => {
  await idp.close()
  await files.remove()
}, 60_000)

const either = profile({ signed: 'either' })

/** The metadata of the login as an operator publishes it, good for a week. */
function published(now: Date, edit: (xml: string) => string = (xml) => xml, days = 7): string {
  const until = new Date(now.getTime() + days * 86_400_000).toISOString()
  const xml = edit(idp.metadata).replace('<md:EntityDescriptor ', `<md:EntityDescriptor ID="_m" validUntil="${until}" `)
  return signEnveloped(xml, {
    key: createPrivateKey(operator.privateKey),
    certificate: operator.certificate,
    signature: 'rsa-sha256',
    digest: 'sha256',
    id: '_m',
    place: 'first',
  })
}

/** A service of metadata that answers as it is told, and a clock. */
function service() {
  const state = { now: new Date(), answer: undefined as string | undefined, calls: [] as string[] }
  const host = recordingHost({
    now: () => state.now,
    fetch: async (input) => {
      state.calls.push(input instanceof Request ? input.url : input.toString())
      if (state.answer === undefined) throw new TypeError('fetch failed')
      return new Response(state.answer)
    },
  })
  return { state, host }
}

const fetched = (change: object = {}) => ({
  identityProvider: {
    entityId: idp.entityId,
    metadataQuery: 'https://mdq.example/',
    signedBy: [join(files.folder, 'operator.pem')],
    ...change,
  },
})
const later = (date: Date, hours: number): Date => new Date(date.getTime() + hours * 3_600_000)

describe('samlProvider and metadata that is fetched', () => {
  it('starts unavailable where the service does not answer, and recovers by refresh', async () => {
    const { state, host } = service()
    const provider = await samlProvider(await files.settings(idp, fetched()), either, host, 'uni')
    await expect(provider.begin(order())).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    expect(await provider.refresh!()).toMatchObject({
      available: false,
      findings: [
        expect.stringMatching(
          /^the metadata of https:\/\/mdq\.example\/entities\/http.* does not come: no connection$/,
        ),
      ],
    })
    state.answer = published(state.now)
    expect(await provider.refresh!()).toEqual({ available: true, findings: [] })
    expect(state.calls.at(-1)).toBe(`https://mdq.example/entities/${encodeURIComponent(idp.entityId)}`)
    expect((await provider.begin(order())).action.kind).toBe('post')
  }, 60_000)

  it('SM-01 keeps the last good copy while a bad one comes, says so, and lets go of it when it ends', async () => {
    const { state, host } = service()
    state.answer = published(state.now)
    const provider = await samlProvider(await files.settings(idp, fetched()), either, host, 'uni')
    state.now = later(state.now, 2)
    state.answer = published(state.now).replace('/sso', '/evil')
    expect(await provider.refresh!()).toMatchObject({
      available: true,
      findings: [expect.stringContaining('is refused: sig-invalid')],
    })
    expect((await provider.begin(order())).action.url).toBe(`${idp.origin}/sso`)
    expect(host.lines.join()).toContain('login.metadata-refused')
    state.now = later(state.now, 4 * 24)
    state.answer = undefined
    expect((await provider.refresh!()).findings).toEqual([
      expect.stringContaining('does not come'),
      expect.stringContaining('holds until'),
    ])
    state.now = later(state.now, 4 * 24)
    expect(await provider.refresh!()).toMatchObject({ available: false })
    await expect(provider.begin(order())).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
  }, 60_000)

  it('says in time that metadata ends: a service that sends the same for days, a file that nobody replaces', async () => {
    const { state, host } = service()
    const start = state.now
    state.answer = published(start)
    const provider = await samlProvider(await files.settings(idp, fetched()), either, host, 'uni')
    state.now = later(start, 3 * 24)
    expect(await provider.refresh!()).toEqual({ available: true, findings: [] })
    state.now = later(start, 4 * 24)
    expect(await provider.refresh!()).toMatchObject({
      available: true,
      findings: [expect.stringContaining('holds until')],
    })
    state.answer = published(state.now)
    state.now = later(state.now, 1)
    expect(await provider.refresh!()).toEqual({ available: true, findings: [] })

    const metadataFile = join(files.folder, 'pinned.xml')
    await writeFile(metadataFile, published(start, undefined, 90))
    state.now = start
    const identityProvider = { entityId: idp.entityId, metadataFile }
    const pinned = await samlProvider(await files.settings(idp, { identityProvider }), either, host, 'uni')
    expect((await pinned.refresh!()).findings).toEqual([])
    state.now = later(start, 31 * 24)
    expect((await pinned.refresh!()).findings).toEqual([expect.stringContaining('holds until')])
  }, 60_000)

  it('asks again when an hour has gone, and not before', async () => {
    const { state, host } = service()
    state.answer = published(state.now)
    const provider = await samlProvider(await files.settings(idp, fetched()), either, host, 'uni')
    await provider.refresh!()
    await provider.begin(order())
    expect(state.calls).toHaveLength(1)
    state.now = later(state.now, 1)
    await provider.refresh!()
    expect(state.calls).toHaveLength(2)
  }, 60_000)

  it('takes a kept copy after a restart, judged like a new one', async () => {
    const { state, host } = service()
    const keepFile = join(files.folder, 'kept.xml')
    state.answer = published(state.now)
    const settings = await files.settings(idp, fetched({ keepFile }))
    await samlProvider(settings, either, host, 'uni')
    await access(keepFile)
    state.answer = undefined
    const restarted = await samlProvider(settings, either, host, 'uni')
    expect((await restarted.begin(order())).action.kind).toBe('post')
    await writeFile(keepFile, (await readFile(keepFile, 'utf8')).replace('/sso', '/evil'))
    const fooled = await samlProvider(settings, either, host, 'uni')
    await expect(fooled.begin(order())).rejects.toMatchObject({ code: 'LOGIN_UNAVAILABLE' })
    await rm(keepFile)
  }, 60_000)

  it('SM-02 takes logins in flight by the old key and by the new one while both are published', async () => {
    const { state, host } = service()
    state.answer = published(state.now)
    const provider = await samlProvider(await files.settings(idp, fetched()), either, host, 'uni')
    const { action, pending } = await provider.begin(order())
    const other = (await makeThrowawaySigner()).certificate.replace(/-----[A-Z ]+-----|\s/g, '')
    const added = (xml: string) =>
      xml.replace(
        /<md:KeyDescriptor.*?<\/md:KeyDescriptor>/s,
        (old) => old.replace(/(<ds:X509Certificate>)[^<]*/, `$1${other}`) + old,
      )
    state.now = later(state.now, 1)
    state.answer = published(state.now, added)
    await provider.refresh!()
    state.now = new Date()
    const message = posted(await idp.answer(fieldsOf(action), 'ada'))
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: true })
    state.now = later(state.now, 3)
    state.answer = published(state.now, (xml) => xml.replace(/(<ds:X509Certificate>)[^<]*/, `$1${other}`))
    await provider.refresh!()
    state.now = new Date()
    const tooLate = posted(await idp.answer(fieldsOf(action), 'ada'))
    expect(await provider.complete(tooLate, pending, order())).toMatchObject({ ok: false, detail: 'sig-invalid' })
  }, 60_000)
})

describe('the settings of samlProvider', () => {
  const start = async (change: object) =>
    samlProvider(await files.settings(idp, change), either, recordingHost(), 'uni').then(
      () => 'started',
      (error: Error) => error.message,
    )
  const pair = (use: string) => ({
    keyFile: join(files.folder, `${use}.key`),
    certificateFile: join(files.folder, `${use}.pem`),
  })

  it('names the setting that is wrong: a file that is missing or holds something else, a certificate that has ended', async () => {
    expect(await start({ signing: [{ ...pair('signing'), keyFile: './nowhere.key' }] })).toBe(
      'settings.signing[0].keyFile: ./nowhere.key cannot be read',
    )
    expect(await start({ signing: [{ ...pair('signing'), keyFile: pair('signing').certificateFile }] })).toMatch(
      /^settings\.signing\[0\]\.keyFile: .* is not what it should be, in PEM$/,
    )
    const cipher = { cipher: 'aes-256-cbc', passphrase: 'sesame' }
    const locked = createPrivateKey(operator.privateKey).export({ format: 'pem', type: 'pkcs8', ...cipher })
    await writeFile(join(files.folder, 'locked.key'), locked)
    expect(await start({ signing: [{ ...pair('signing'), keyFile: pair('locked').keyFile }] })).toMatch(
      /^settings\.signing\[0\]\.keyFile: .* is locked with a passphrase; keep it without one/,
    )
    expect(
      await start({ signing: [{ ...pair('signing'), certificateFile: pair('encryption').certificateFile }] }),
    ).toBe('settings.signing[0].certificateFile: the certificate belongs to another key')
    expect(await start({ encryption: [pair('signing')] })).toContain('settings.encryption: a key that signs')
    const ended = await makeThrowawaySigner({ notBefore: new Date('2020-01-01'), notAfter: new Date('2021-01-01') })
    await writeFile(join(files.folder, 'ended.key'), ended.privateKey)
    await writeFile(join(files.folder, 'ended.pem'), ended.certificate)
    expect(await start({ encryption: [pair('ended')] })).toBe(
      'settings.encryption[0].certificateFile: the certificate ended on 2021-01-01T00:00:00.000Z',
    )
    expect(
      await start({
        identityProvider: { entityId: 'https://other.example', metadataFile: join(files.folder, 'idp.xml') },
      }),
    ).toMatch(/^settings\.identityProvider\.metadataFile: .* is refused: metadata-entity$/)
    expect(await start({ identityProvider: { entityId: idp.entityId, metadataFile: './nowhere.xml' } })).toContain(
      'cannot be read',
    )
    expect(await start({ client: { ...pair('signing'), authoritiesFile: pair('signing').keyFile } })).toContain(
      'settings.client.authoritiesFile',
    )
  }, 60_000)

  it('says where the schema is broken', () => {
    const issues = (settings: object): string[] =>
      plainSamlSettings.safeParse(settings).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ??
      []
    const good = {
      entityId: ourEntityId,
      label: 'University',
      identityProvider: { entityId: 'x', metadataFile: 'idp.xml' },
      signing: [{ keyFile: 'k', certificateFile: 'c' }],
      attributes: [{ names: ['urn:oid:2.5.4.4'], gives: 'family-name' }],
    }
    expect(issues(good)).toEqual([])
    expect(issues({ ...good, identityProvider: { entityId: 'x' } })).toEqual([
      'identityProvider.metadataFile: exactly one of metadataFile, metadataUrl and metadataQuery',
    ])
    expect(issues({ ...good, identityProvider: { entityId: 'x', metadataUrl: 'https://x.example/' } })).toEqual([
      'identityProvider.signedBy: fetched metadata must be signed: whose certificates?',
    ])
    expect(issues({ ...good, attributes: [{ names: ['a'], gives: 'identifier' }] })).toEqual([
      'attributes.0.scheme: an identifier needs a scheme, unless its form says it',
    ])
    expect(issues({ ...good, response: { relax: { aesCbc: { reason: 'r', until: 'never' } } } })).toHaveLength(1)
    expect(issues({ ...good, colour: 'blue' })).toHaveLength(1)
  }, 60_000)
})

describe('samlIdentityPlugin', () => {
  it('logs in by settings alone, and says what it delivers', async () => {
    const settings = await files.settings(idp)
    const parsed = plainSamlSettings.parse({
      ...settings,
      label: 'University',
      countries: ['NO'],
      request: { binding: 'post' },
      levels: [{ value: loa.substantial, loa: 'substantial' }],
      attributes: [
        { names: [names.identifier], gives: 'identifier', form: 'eidas-person-identifier', required: true },
        { names: [names.family], gives: 'family-name' },
        { names: [names.given], gives: 'given-name' },
      ],
      nameId: {},
    })
    const host = recordingHost()
    const provider = await samlIdentityPlugin.create(parsed, host, 'uni')
    expect(provider.info).toEqual({
      id: 'uni',
      kind: 'student',
      label: 'University',
      countries: ['NO'],
      bestLoa: 'substantial',
      delivers: ['eidas', 'saml-nameid'],
      deliversBirthDate: false,
    })
    const { action, pending } = await provider.begin(order())
    const message = posted(await idp.answer(fieldsOf(action), 'ada'))
    expect(await provider.complete(message, pending, order())).toMatchObject({
      ok: true,
      identity: { provider: 'uni', subject: 'ada-1', loa: 'substantial', country: 'NO' },
    })
    expect(
      (await provider.metadata!({ callbackUrl: order().callbackUrl, logoutUrl: 'https://gateway.example/logout' }))
        .body,
    ).toContain(ourEntityId)
    expect(provider.logout).toBeUndefined()
    for (const text of personalData) expect(host.lines.join('\n')).not.toContain(text)
  }, 60_000)

  it.each([
    ['wrong-level', 'loa-too-low'],
    ['missing-attribute', 'attributes-missing'],
    ['expired', 'expired'],
  ] as const)('tells a login that is %s from a good one', async (fault, reason) => {
    const provider = await samlProvider(await files.settings(idp), either, recordingHost(), 'uni')
    const { action, pending } = await provider.begin(order())
    const message = posted(await idp.answer(fieldsOf(action), 'ada', fault))
    expect(await provider.complete(message, pending, order())).toMatchObject({ ok: false, reason })
  })

  it('SP-22 takes a Response by a form alone, and SP-16 no handle but its own', async () => {
    const provider = await samlProvider(await files.settings(idp), either, recordingHost(), 'uni')
    const { action, pending } = await provider.begin(order())
    const fields = await idp.answer(fieldsOf(action), 'ada')
    const query = new URLSearchParams(fields).toString()
    const byAddress = {
      method: 'GET',
      url: `${order().callbackUrl}?${query}`,
      form: new Map<string, string>(),
    } as const
    expect(await provider.complete(byAddress, pending, order())).toMatchObject({
      ok: false,
      detail: 'response-missing',
    })
    for (const RelayState of ['javascript:alert(1)', 'https://evil.example/', 'x'.repeat(10_000), 'handle-two'])
      expect(await provider.complete(posted({ ...fields, RelayState }), pending, order())).toMatchObject({
        ok: false,
        detail: 'relay-state',
      })
    expect(await provider.complete(posted(fields), pending, order())).toMatchObject({ ok: true })
  }, 60_000)

  it('SP-06 takes one of a hundred copies of a message that come at once', async () => {
    const provider = await samlProvider(await files.settings(idp), either, recordingHost(), 'uni')
    const { action, pending } = await provider.begin(order())
    const message = posted(await idp.answer(fieldsOf(action), 'ada'))
    const outcomes = await Promise.all(Array.from({ length: 100 }, () => provider.complete(message, pending, order())))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'replayed')).toHaveLength(99)
  }, 60_000)
})
