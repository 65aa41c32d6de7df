import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  describeWith,
  recordingHost,
  samlElement,
  startLoginGovPl,
  verifyWithXmlsec1,
  type MockIdp,
} from '@emrex-gateway/testing'
import type { IdentityOutcome, IdentityProvider, InboundMessage, PluginHost } from '@emrex-gateway/core'
import type { SamlProfile } from '../../src/profile.js'
import { samlProvider } from '../../src/provider/saml-provider.js'
import {
  ada,
  fieldsOf,
  makeSettingsFolder,
  order,
  ourEntityId,
  posted,
  profile,
  type SettingsFolder,
} from './invented.js'

const rules: SamlProfile = profile(
  { binding: 'artifact', signed: 'response', encrypted: 'required', signatures: ['ecdsa-sha256'] },
  {
    request: {
      binding: 'post',
      signature: 'ecdsa-sha256',
      digest: 'sha256',
      forceAuthn: 'always',
      consumer: 'url',
      authnContext: 'minimum',
      nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
      eidas: { spType: 'public' },
      providerName: 'required',
      issuer: 'entity',
    },
  },
)
const curve = { type: 'ec', curve: 'P-256' } as const

let files: SettingsFolder
let idp: MockIdp
beforeAll(async () => {
  files = await makeSettingsFolder({ signing: curve, encryption: curve })
}, 60_000)
beforeEach(async () => {
  idp = await startLoginGovPl({ people: [ada] })
  idp.register(ourEntityId, { encryptionCertificate: files.certificates.encryption })
}, 60_000)
afterEach(() => idp.close())
afterAll(() => files.remove())

/** A host whose back channel is counted, and may be changed. */
function counting(change?: (body: string) => Response | Promise<Response>): { host: PluginHost; calls: string[] } {
  const calls: string[] = []
  const host = recordingHost({
    fetch: async (input, init) => {
      calls.push(input instanceof Request ? input.url : input.toString())
      const response = await fetch(input, init)
      return change === undefined ? response : change(await response.text())
    },
  })
  return { host, calls }
}

const open = async (host: PluginHost, change: object = {}): Promise<IdentityProvider> =>
  samlProvider(await files.settings(idp, { providerName: 'University of the tests', ...change }), rules, host, 'pl')

async function logIn(
  provider: IdentityProvider,
  edit: (message: InboundMessage) => InboundMessage = (message) => message,
): Promise<IdentityOutcome> {
  const { action, pending } = await provider.begin(order())
  const message = posted(await idp.answer(fieldsOf(action), 'ada'))
  return provider.complete(edit(message), pending, order())
}

describe('samlProvider and the stand-in of login.gov.pl', () => {
  it('SA-04 logs in by an artifact that comes by form or by address: ECDSA twice, ECDH-ES, AES-256-GCM', async () => {
    const { host, calls } = counting()
    const provider = await open(host)
    expect(await logIn(provider)).toMatchObject({
      ok: true,
      identity: { subject: 'ada-1', loa: 'substantial', birthDate: { value: '1989-06-05' } },
    })
    expect(calls).toEqual([`${idp.origin}/artifact`])
    const byAddress = (message: InboundMessage): InboundMessage => {
      const query = new URLSearchParams([...message.form])
      return { method: 'GET', url: `${message.url}?${query.toString()}`, form: new Map() }
    }
    expect(await logIn(provider, byAddress)).toMatchObject({ ok: true })
  }, 60_000)

  it('demands the name that was agreed', async () => {
    await expect(samlProvider(await files.settings(idp), rules, counting().host, 'pl')).rejects.toThrow(
      'settings.providerName',
    )
  }, 60_000)

  it('SA-01 asks nobody about an artifact of another entity, type, endpoint or length', async () => {
    const { host, calls } = counting()
    const provider = await open(host)
    const artifact = (type: number, index: number, entityId: string, bytes = 20): string =>
      Buffer.concat([
        Buffer.from([0, type, 0, index]),
        createHash('sha1').update(entityId).digest(),
        randomBytes(bytes),
      ]).toString('base64')
    const bad = [
      artifact(4, 0, 'https://other.example/metadata'),
      artifact(1, 0, idp.entityId),
      artifact(4, 1, idp.entityId),
      artifact(4, 0, idp.entityId, 19),
      artifact(4, 0, idp.entityId, 21),
      artifact(4, 0, idp.entityId, 200),
      `${artifact(4, 0, idp.entityId).slice(0, 59)} `,
      '',
    ]
    for (const SAMLart of bad) {
      const outcome = await logIn(provider, (message) => ({
        ...message,
        form: new Map([...message.form, ['SAMLart', SAMLart]]),
      }))
      expect(outcome).toEqual({ ok: false, reason: 'invalid-message', detail: 'artifact' })
    }
    expect(calls).toEqual([])
  }, 60_000)

  it('SA-01 takes an artifact once, and only for the request it answers', async () => {
    const { host, calls } = counting()
    const provider = await open(host)
    const one = await provider.begin(order())
    const two = await provider.begin(order({ handle: 'handle-two' }))
    const message = posted(await idp.answer(fieldsOf(one.action), 'ada'))
    expect(await provider.complete(message, one.pending, order())).toMatchObject({ ok: true })
    expect(await provider.complete(message, one.pending, order())).toMatchObject({ ok: false, reason: 'replayed' })
    expect(calls).toHaveLength(1)
    const other = posted({ ...(await idp.answer(fieldsOf(one.action), 'ada')), RelayState: 'handle-two' })
    const outcome = await provider.complete(other, two.pending, order({ handle: 'handle-two' }))
    expect(outcome).toEqual({ ok: false, reason: 'invalid-message', detail: 'irt' })
  }, 60_000)

  const xml = { headers: { 'content-type': 'text/xml' } }
  const changes: readonly (readonly [string, string, (body: string) => Response])[] = [
    [
      'an answer to another question',
      'sig-invalid',
      (body) => new Response(body.replace(/InResponseTo="_/, 'InResponseTo="_x'), xml),
    ],
    [
      'an answer without its signature',
      'unsigned',
      (body) => new Response(body.replace(/<ds:Signature>.*?<\/ds:Signature>/s, ''), xml),
    ],
    ['a SOAP fault', 'soap-fault', () => new Response(soap('<soap:Fault></soap:Fault>'), xml)],
    ['no SOAP', 'soap', () => new Response('<html></html>', xml)],
    ['an empty body', 'soap', () => new Response(soap(''), xml)],
    [
      'a redirect',
      'back-channel',
      () => new Response('', { status: 302, headers: { location: 'https://elsewhere.example/' } }),
    ],
    ['10 MB', 'back-channel', () => new Response('x'.repeat(10_000_000), xml)],
    ['a DOCTYPE', 'doctype', (body) => new Response(`<!DOCTYPE x>${body}`, xml)],
    [
      'a second Response',
      'responses',
      (body) =>
        new Response(
          resigned(body, (content) => `${content}<saml2p:Response></saml2p:Response>`),
          xml,
        ),
    ],
    [
      'an answer to another question, signed',
      'irt',
      (body) =>
        new Response(
          resigned(body, (content) => content, { InResponseTo: '_other' }),
          xml,
        ),
    ],
    [
      'an answer of another entity, signed',
      'issuer',
      (body) =>
        new Response(
          resigned(body, (content) => content.replace(/(<saml2:Issuer>)[^<]*/, '$1https://other.example')),
          xml,
        ),
    ],
    [
      'no message: an artifact that nobody knows',
      'artifact',
      (body) =>
        new Response(
          resigned(body, (content) => content.replace(/<saml2p:Response .*<\/saml2p:Response>/s, '')),
          xml,
        ),
    ],
    [
      'a Response inside that nobody signed',
      'unsigned',
      (body) =>
        new Response(
          resigned(body, (content) => content.replace(/<ds:Signature>.*?<\/ds:Signature>/s, '')),
          xml,
        ),
    ],
    [
      'a Response inside that was changed',
      'sig-invalid',
      (body) =>
        new Response(
          resigned(body, (content) => content.replace(/NotOnOrAfter|Destination="https/, 'Destination="http')),
          xml,
        ),
    ],
  ]

  const soap = (content: string): string =>
    `<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${content}</soap:Body></soap:Envelope>`

  /** The answer with other content, signed again by the key of the login. */
  function resigned(body: string, edit: (content: string) => string, attributes: Record<string, string> = {}): string {
    const inResponseTo = / InResponseTo="([^"]*)"/.exec(body)?.[1]
    const content = body
      .replace(/^.*?<saml2p:ArtifactResponse [^>]*>/s, '')
      .replace(/<\/saml2p:ArtifactResponse>.*$/s, '')
      .replace(/<ds:Signature>.*?<\/ds:Signature>/s, '')
    const whole = { ID: '_again', InResponseTo: inResponseTo, IssueInstant: new Date().toISOString(), Version: '2.0' }
    return soap(idp.sign(samlElement('saml2p:ArtifactResponse', { ...whole, ...attributes }, edit(content))))
  }

  it.each(changes)(
    'SA-02 refuses %s (%s)',
    async (_what, detail, change) => {
      const provider = await open(counting(change).host)
      expect(await logIn(provider)).toMatchObject({ ok: false, detail })
    },
    60_000,
  )

  it('SA-02 does not wait longer than five seconds for an answer that does not end', async () => {
    const slow = createServer((_request, response) => {
      const drip = setInterval(() => response.write(' '), 200)
      response.on('close', () => clearInterval(drip))
    }).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    try {
      const elsewhere = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/artifact`
      const metadata = idp.metadata.replace(`${idp.origin}/artifact`, elsewhere)
      const settings = await files.settings({ ...idp, metadata }, { providerName: 'University of the tests' })
      const provider = await samlProvider(settings, rules, recordingHost(), 'pl')
      expect(await logIn(provider)).toEqual({ ok: false, reason: 'provider-unavailable', detail: 'back-channel' })
    } finally {
      slow.closeAllConnections()
      slow.close()
    }
  }, 30_000)

  it('SA-03 asks only where the metadata says, on hosts that are allowed', async () => {
    await expect(
      open(counting().host, {
        identityProvider: {
          entityId: idp.entityId,
          metadataFile: `${files.folder}/idp.xml`,
          allowedHosts: ['login.gov.pl'],
        },
      }),
    ).rejects.toThrow('metadata-address')
  }, 60_000)
})

describeWith(describe, 'xmlsec1', 'what samlProvider signs and xmlsec1', () => {
  it('signs requests and questions with ECDSA so that xmlsec1 agrees', async () => {
    const seen: string[] = []
    const strict = await startLoginGovPl({
      people: [ada],
      services: { [ourEntityId]: { encryptionCertificate: files.certificates.encryption } },
      verify: async (text, kind) => {
        seen.push(kind)
        return verifyWithXmlsec1(text, files.certificates.signing, [`urn:oasis:names:tc:SAML:2.0:protocol:${kind}`])
      },
    })
    try {
      const settings = await files.settings(strict, { providerName: 'University of the tests' })
      const provider = await samlProvider(settings, rules, recordingHost(), 'pl')
      const { action, pending } = await provider.begin(order())
      const form = fieldsOf(action)
      const page = await fetch(action.url, { method: 'POST', body: new URLSearchParams(form) })
      expect(page.status).toBe(200)
      const outcome = await provider.complete(posted(await strict.answer(form, 'ada')), pending, order())
      expect(outcome).toMatchObject({ ok: true })
      expect(seen).toEqual(['AuthnRequest', 'ArtifactResolve'])
      const changed = Buffer.from(
        Buffer.from(form['SAMLRequest']!, 'base64').toString().replace('ForceAuthn="true"', 'ForceAuthn="false"'),
      )
      const refused = await fetch(action.url, {
        method: 'POST',
        body: new URLSearchParams({ ...form, SAMLRequest: changed.toString('base64') }),
      })
      expect(refused.status).toBe(403)
    } finally {
      await strict.close()
    }
  }, 60_000)
})
