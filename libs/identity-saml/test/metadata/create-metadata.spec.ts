import { createPrivateKey } from 'node:crypto'
import { describeWith, makeThrowawaySigner, verifyWithXmlsec1, type ThrowawaySigner } from '@emrex-gateway/testing'
import { createMetadata, type MetadataContent } from '../../src/metadata/create-metadata.js'
import type { PublishedFacts } from '../../src/metadata/published-facts.js'
import type { Signer } from '../../src/signature/sign-enveloped.js'
import { parseStrict } from '../../src/xml/parse-strict.js'
import { validateWithSchemas } from '../messages/validate-with-schemas.js'
import { profileOf } from '../saml-factory.js'

const xenc = 'http://www.w3.org/2001/04/xmlenc#'
const xenc11 = 'http://www.w3.org/2009/xmlenc11#'
const now = new Date('2026-11-26T12:00:00Z')
const bare: PublishedFacts = {
  displayName: {},
  description: {},
  informationUrl: {},
  privacyUrl: {},
  entityAttributes: {},
  contacts: [],
}
const full: PublishedFacts = {
  displayName: { en: 'EMREX <gateway>', nb: 'EMREX-porten' },
  description: { en: 'Study results & more' },
  informationUrl: { en: 'https://gateway.example/' },
  privacyUrl: { en: 'https://gateway.example/privacy' },
  entityAttributes: {
    'http://macedir.org/entity-category': [
      'http://refeds.org/category/research-and-scholarship',
      'https://myacademicid.org/entity-categories/esi',
    ],
  },
  spType: 'public',
  organisation: { name: 'University of the tests', url: 'https://uni.example/' },
  contacts: [{ type: 'technical', email: 'nobody@uni.example' }],
  validDays: 14,
}

let [first, second, rsa, ec]: ThrowawaySigner[] = []
beforeAll(async () => {
  ;[first, second, rsa, ec] = await Promise.all([
    makeThrowawaySigner(),
    makeThrowawaySigner(),
    makeThrowawaySigner(),
    makeThrowawaySigner({ key: { type: 'ec', curve: 'P-256' } }),
  ])
}, 60_000)

const content = (change: Partial<MetadataContent> = {}): MetadataContent => ({
  entityId: 'https://gateway.example/saml',
  addresses: {
    callbackUrl: 'https://gateway.example/ncp/one/login/callback',
    logoutUrl: 'https://gateway.example/ncp/one/login/logout',
  },
  signing: [first!.certificate, second!.certificate],
  encryption: [
    { certificate: ec!.certificate, kind: 'ec' },
    { certificate: rsa!.certificate, kind: 'rsa' },
  ],
  published: full,
  now,
  ...change,
})
const signer = (): Signer => ({
  key: createPrivateKey(first!.privateKey),
  certificate: first!.certificate,
  signature: 'rsa-sha256',
  digest: 'sha256',
})
const federation = profileOf({}, { kind: 'federation', logout: 'redirect' })

/** The algorithms that stand in each key for encryption. */
function methodsOf(xml: string): string[][] {
  return [...xml.matchAll(/use="encryption">(.*?)<\/md:KeyDescriptor>/gs)].map(([, inside]) =>
    [...inside!.matchAll(/EncryptionMethod Algorithm="([^"]+)"/g)].map(([, uri]) => uri!),
  )
}

describe('createMetadata', () => {
  it('is the same document for the same content, and another one the next day where it has an end', () => {
    const later = new Date(now.getTime() + 3_600_000)
    expect(createMetadata(federation, content({ now: later }), signer())).toBe(
      createMetadata(federation, content(), signer()),
    )
    const tomorrow = new Date(now.getTime() + 86_400_000)
    expect(createMetadata(federation, content({ now: tomorrow }), signer())).not.toBe(
      createMetadata(federation, content(), signer()),
    )
    expect(createMetadata(federation, content(), signer())).toContain('validUntil="2026-12-10T00:00:00Z"')
    const endless = (at: Date) => createMetadata(federation, content({ published: bare, now: at }), signer())
    expect(endless(tomorrow)).toBe(endless(now))
  }, 60_000)

  it('has keys for signing and others for encryption, two of each while they change', () => {
    const xml = createMetadata(federation, content(), signer())
    expect(xml.match(/use="signing"/g)).toHaveLength(2)
    expect(xml.match(/use="encryption"/g)).toHaveLength(2)
    expect(parseStrict(xml).root.getAttribute('entityID')).toBe('https://gateway.example/saml')
  }, 60_000)

  it('names what is decrypted with each key, and no more', () => {
    const gcm = ['aes256-gcm', 'aes192-gcm', 'aes128-gcm'].map((name) => xenc11 + name)
    const [elliptic, plain] = methodsOf(createMetadata(federation, content(), signer()))
    expect(elliptic).toEqual([...gcm, `${xenc11}ECDH-ES`, ...[128, 192, 256].map((bits) => `${xenc}kw-aes${bits}`)])
    expect(plain).toEqual([...gcm, ...Array<string>(3).fill(`${xenc11}rsa-oaep`)])
    const relax = { aesCbc: { reason: 'r', until: '2026-11-26' }, oaepSha1: { reason: 'r', until: '2026-11-25' } }
    const [, relaxed] = methodsOf(createMetadata(profileOf({ relax }), content(), signer()))
    expect(relaxed).toContain(`${xenc}aes128-cbc`)
    expect(relaxed).not.toContain(`${xenc}rsa-oaep-mgf1p`)
    const [, old] = methodsOf(createMetadata(profileOf({ relax: { oaepSha1: { reason: 'r' } } }), content(), signer()))
    expect(old).toContain(`${xenc}rsa-oaep-mgf1p`)
    expect(old).not.toContain(`${xenc}aes128-cbc`)
  }, 60_000)

  it('says where answers and logouts go, by the bindings of the profile', () => {
    const xml = createMetadata(federation, content(), signer())
    expect(xml).toContain('HTTP-POST" Location="https://gateway.example/ncp/one/login/callback" index="0"')
    expect(xml).toContain('HTTP-Redirect" Location="https://gateway.example/ncp/one/login/logout"')
    expect(xml.match(/<md:RequestedAttribute /g)).toHaveLength(4)
    const artifact = createMetadata(profileOf({ binding: 'artifact' }), content({ published: bare }), signer())
    expect(artifact).toContain('HTTP-Artifact" Location')
    expect(artifact).not.toContain('SingleLogoutService')
    expect(artifact).not.toContain('RequestedAttribute')
  }, 60_000)
})

describeWith(describe, 'opensaml-schemas', 'our metadata and the schemas of OASIS', () => {
  it('is valid with everything in it and with as little as possible', async () => {
    const relax = { aesCbc: { reason: 'r' }, oaepSha1: { reason: 'r' } }
    for (const xml of [
      createMetadata({ ...federation, response: { ...federation.response, relax } }, content(), signer()),
      createMetadata(profileOf(), content({ published: bare, encryption: [] }), signer()),
      createMetadata(
        {
          ...federation,
          request: { ...federation.request, nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient' },
        },
        content(),
        signer(),
      ),
    ])
      expect(await validateWithSchemas(xml)).toBe('')
    const wrong = createMetadata(federation, content(), signer()).replace(
      /<md:Organization>.*<\/md:Organization>/s,
      '<md:Organization/>',
    )
    expect(await validateWithSchemas(wrong)).not.toBe('')
  }, 60_000)
})

describeWith(describe, 'xmlsec1', 'our metadata and xmlsec1', () => {
  it('is signed so that xmlsec1 agrees', async () => {
    const xml = createMetadata(federation, content(), signer())
    const elements = ['urn:oasis:names:tc:SAML:2.0:metadata:EntityDescriptor']
    expect(await verifyWithXmlsec1(xml, first!.certificate, elements)).toBe(true)
    expect(await verifyWithXmlsec1(xml.replace('/login/callback', '/elsewhere'), first!.certificate, elements)).toBe(
      false,
    )
  }, 60_000)
})
