import { generateKeyPairSync } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describeWith, verifyWithXmlsec1 } from '@emrex-gateway/testing'
import { createAuthnRequest, type AuthnRequestFacts } from '../../src/messages/create-authn-request.js'
import { createLogoutRequest, createLogoutResponse } from '../../src/messages/create-logout.js'
import { readRedirect } from '../../src/messages/read-redirect.js'
import { sendMessage } from '../../src/messages/send-message.js'
import type { SamlProfile } from '../../src/profile.js'
import { signatureUris } from '../../src/signature/algorithms.js'
import { signDetached } from '../../src/signature/sign-detached.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { verdictOf } from '../judged.js'
import { loa, makeKeys, profileOf, type FactoryKeys } from '../saml-factory.js'
import { validateWithSchemas } from './validate-with-schemas.js'

let keys: FactoryKeys
beforeAll(async () => {
  keys = await makeKeys()
}, 60_000)

const facts: AuthnRequestFacts = {
  id: '_request',
  issuedAt: new Date('2026-11-26T12:00:00Z'),
  destination: 'https://idp.example/sso?a=1&b=2',
  consumerUrl: 'https://gateway.example/ncp/one/login/callback',
  entityId: 'https://gateway.example/saml',
  minimumLoa: 'substantial',
  freshLogin: false,
}
const asked = (request: Partial<SamlProfile['request']>, change: Partial<SamlProfile> = {}): SamlProfile => {
  const strict = profileOf({}, change)
  return { ...strict, request: { ...strict.request, ...request } }
}

/** One for each way in which a country asks. */
const ways: Readonly<Record<string, SamlProfile>> = {
  plain: asked({ forceAuthn: 'as-ordered' }),
  eidas: asked({
    eidas: { spType: 'public' },
    authnContext: 'minimum',
    issuer: 'entity',
    nameIdFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
    consumer: 'none',
  }),
  spid: asked({
    consumer: 'index',
    attributeConsumingServiceIndex: 0,
    issuer: 'qualified',
    authnContext: 'exact',
    nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  }),
  bundid: asked({ akdb: true, authnContext: 'minimum' }),
  eidasNodeWithoutType: asked({ eidas: { spType: 'none' } }),
}

describe('createAuthnRequest', () => {
  it('asks for a level in the way of the profile: the lowest that is enough, or all of them', () => {
    const classes = (profile: SamlProfile, minimumLoa: 'none' | 'low' | 'substantial' | 'high') =>
      [...createAuthnRequest(profile, { ...facts, minimumLoa }).matchAll(/ClassRef>([^<]+)</g)].map(
        ([, value]) => value,
      )
    expect(classes(ways['eidas']!, 'substantial')).toEqual([loa.substantial])
    expect(classes(ways['eidas']!, 'high')).toEqual([loa.high])
    expect(classes(ways['eidas']!, 'none')).toEqual([loa.low])
    expect(classes(ways['spid']!, 'substantial')).toEqual([loa.substantial, loa.notNotified, loa.high])
    expect(classes(ways['plain']!, 'high')).toEqual([])
  }, 60_000)

  it('says what the profile wants said about us, and nothing else', () => {
    const [plain, eidas, spid, bundid] = ['plain', 'eidas', 'spid', 'bundid'].map((way) =>
      createAuthnRequest(ways[way]!, facts),
    ) as [string, string, string, string]
    expect(plain).toContain('ForceAuthn="false"')
    expect(plain).toContain(`AssertionConsumerServiceURL="${facts.consumerUrl}"`)
    expect(plain).not.toContain('Extensions')
    expect(createAuthnRequest(ways['plain']!, { ...facts, freshLogin: true })).toContain('ForceAuthn="true"')
    expect(eidas).toContain('ForceAuthn="true"')
    expect(eidas).toContain('>public</eidas:SPType>')
    expect(eidas.match(/<eidas:RequestedAttribute /g)).toHaveLength(4)
    expect(eidas).toContain('FriendlyName="PersonIdentifier"')
    expect(eidas).not.toContain('AssertionConsumerService')
    expect(spid).toContain('AssertionConsumerServiceIndex="0"')
    expect(spid).toContain('NameQualifier="https://gateway.example/saml"')
    expect(bundid).toContain(
      '<akdb:AuthenticationRequest xmlns:akdb="https://www.akdb.de/request/2018/09" Version="2">',
    )
  }, 60_000)

  it('SX-25 writes any text so that it comes back, or refuses it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const written = verdictOf(() => {
          const xml = createAuthnRequest(ways['plain']!, { ...facts, providerName: text, entityId: text })
          const { root } = parseStrict(xml)
          expect(root.getAttribute('ProviderName')).toBe(text)
          expect(root.firstChild!.textContent).toBe(text)
        })
        expect(['ok', 'xml']).toContain(written)
      }),
    )
    const hard = `<>&"'\t\n]]>`
    expect(
      parseStrict(createAuthnRequest(ways['plain']!, { ...facts, providerName: hard })).root.getAttribute(
        'ProviderName',
      ),
    ).toBe(hard)
    expect(verdictOf(() => createAuthnRequest(ways['plain']!, { ...facts, providerName: '\uFFFE' }))).toBe('xml')
  }, 60_000)
})

const logout = { id: '_logout', issuedAt: facts.issuedAt, destination: facts.destination, entityId: facts.entityId }
const messages = (): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(ways).map(([name, profile]) => [name, createAuthnRequest(profile, facts)])),
  logoutRequest: createLogoutRequest(logout, {
    nameId: 'a & b',
    format: 'urn:x',
    sessionIndex: '_s',
    nameQualifier: 'q',
  }),
  logoutResponse: createLogoutResponse(logout, '_theirs', 'Success'),
})

describeWith(describe, 'opensaml-schemas', 'our messages and the schemas of OASIS', () => {
  it('writes messages that are valid, signed and unsigned', async () => {
    for (const [name, xml] of Object.entries(messages())) {
      const id = name.startsWith('logout') ? '_logout' : '_request'
      const signer = {
        key: keys.idp.privateKey,
        certificate: keys.idp.certificate,
        signature: 'rsa-sha256',
        digest: 'sha256',
      } as const
      const sent = sendMessage({ field: 'SAMLRequest', xml, id, url: 'https://idp.example/sso' }, 'post', signer)
      if (sent.kind !== 'post') throw new Error('no form')
      const signed = Buffer.from(sent.fields['SAMLRequest']!, 'base64').toString()
      expect([name, await validateWithSchemas(xml)]).toEqual([name, ''])
      expect([name, await validateWithSchemas(signed)]).toEqual([name, ''])
    }
    expect(
      await validateWithSchemas(messages()['plain']!.replace('<saml:Issuer>', '<samlp:Issuer/><saml:Issuer>')),
    ).not.toBe('')
  }, 60_000)
})

describeWith(describe, 'xmlsec1', 'our messages and xmlsec1', () => {
  it.each([
    ['rsa-sha256', 'idp'],
    ['rsa-sha512', 'idp'],
    ['ecdsa-sha256', 'ec256'],
    ['ecdsa-sha384', 'ec384'],
  ] as const)(
    'signs with %s so that xmlsec1 agrees',
    async (signature, name) => {
      const { privateKey: key, certificate } = keys[name]
      const xml = createAuthnRequest(ways['eidas']!, facts)
      const sent = sendMessage({ field: 'SAMLRequest', xml, id: '_request', url: 'https://idp.example/sso' }, 'post', {
        key,
        certificate,
        signature,
        digest: 'sha256',
      })
      if (sent.kind !== 'post') throw new Error('no form')
      const signed = Buffer.from(sent.fields['SAMLRequest']!, 'base64').toString()
      const elements = ['urn:oasis:names:tc:SAML:2.0:protocol:AuthnRequest']
      expect(await verifyWithXmlsec1(signed, certificate, elements)).toBe(true)
      expect(await verifyWithXmlsec1(signed.replace('>public<', '>private<'), certificate, elements)).toBe(false)
    },
    60_000,
  )
})

describe('readRedirect', () => {
  const accepted = ['rsa-sha256'] as const
  const signer = () => ({
    key: keys.idp.privateKey,
    certificate: keys.idp.certificate,
    signature: 'rsa-sha256' as const,
    digest: 'sha256' as const,
  })
  const query = (xml: string, relayState?: string): string => {
    const sent = sendMessage(
      {
        field: 'SAMLRequest',
        xml,
        id: '_x',
        url: 'https://idp.example/slo',
        ...(relayState === undefined ? {} : { relayState }),
      },
      'redirect',
      signer(),
    )
    return sent.url.slice(sent.url.indexOf('?') + 1)
  }
  const verdict = (text: string): string => verdictOf(() => readRedirect(text, [keys.idp.publicKey], accepted))

  it('gives back what was sent, RelayState included', () => {
    const read = readRedirect(query('<a>ø</a>', 'state & more'), [keys.idp.publicKey], accepted)
    expect(Buffer.from(read.xml).toString()).toBe('<a>ø</a>')
    expect(read).toMatchObject({ field: 'SAMLRequest', relayState: 'state & more' })
  }, 60_000)

  it('SR-01 refuses a query that was encoded anew, doubled, reordered, extended, or signed by SHA-1 or not at all', () => {
    const good = query('<a/>', 'state+one')
    const parts = good.split('&')
    const [message, relay, algorithm, signature] = parts as [string, string, string, string]
    expect(verdict(good)).toBe('ok')
    const lowerCase = good.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
    expect(lowerCase).not.toBe(good)
    expect(verdict(lowerCase)).toBe('sig-invalid')
    for (const bad of [
      [message, message, relay, algorithm, signature],
      [message, relay, relay, algorithm, signature],
      [relay, message, algorithm, signature],
      [message, algorithm, relay, signature],
      [message, relay, signature],
      [message, relay, algorithm, signature, 'more=1'],
      ['more=1', message, relay, algorithm, signature],
    ])
      expect(verdict(bad.join('&'))).toBe('query')
    expect(verdict([message, relay, algorithm].join('&'))).toBe('unsigned')
    expect(verdict(query('<a/>').replace('&SigAlg', '&RelayState=added&SigAlg'))).toBe('sig-invalid')
    expect(verdict([message, 'RelayState=other', algorithm, signature].join('&'))).toBe('sig-invalid')
    const sha1 = encodeURIComponent('http://www.w3.org/2000/09/xmldsig#rsa-sha1')
    expect(verdict(good.replace(encodeURIComponent(signatureUris['rsa-sha256']), sha1))).toBe('sig-alg')
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
    expect(verdict(signDetached(message, 'rsa-sha256', stranger.privateKey))).toBe('sig-invalid')
  }, 60_000)

  it('SR-02 stops to unpack at 200 kB, and refuses what is not packed', () => {
    const send = (packed: Buffer): string =>
      signDetached(`SAMLRequest=${encodeURIComponent(packed.toString('base64'))}`, 'rsa-sha256', keys.idp.privateKey)
    const bomb = deflateRawSync(Buffer.alloc(50_000_000))
    expect(bomb.length).toBeLessThan(60_000)
    expect(inflateRawSync(bomb)).toHaveLength(50_000_000)
    expect(verdict(send(bomb))).toBe('too-big')
    expect(verdict(send(deflateRawSync(Buffer.alloc(199_999))))).toBe('ok')
    expect(verdict(send(Buffer.from('not packed')))).toBe('inflate')
  }, 60_000)
})
