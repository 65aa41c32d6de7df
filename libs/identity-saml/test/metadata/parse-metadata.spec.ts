import { makeThrowawaySigner } from '@emrex-gateway/testing'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { parseMetadata, type MetadataRules } from '../../src/metadata/parse-metadata.js'
import { signEnveloped } from '../../src/signature/sign-enveloped.js'
import { verdictOf } from '../judged.js'
import { makeKeys, now, type FactoryKey, type FactoryKeys } from '../saml-factory.js'

const entityId = 'https://idp.example.org/metadata'
let keys: FactoryKeys
let operator: FactoryKey
beforeAll(async () => {
  keys = await makeKeys()
  const signer = await makeThrowawaySigner()
  operator = {
    privateKey: createPrivateKey(signer.privateKey),
    publicKey: createPublicKey(signer.certificate),
    certificate: signer.certificate,
  }
}, 60_000)

const days = (count: number): string => new Date(now.getTime() + count * 86_400_000).toISOString()
const packed = (certificate: string): string => certificate.replace(/-----[A-Z ]+-----|\s/g, '')
const keyOf = (certificate: string, use = ' use="signing"'): string =>
  `<md:KeyDescriptor${use}><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>` +
  `${packed(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`

interface Parts {
  readonly id?: string
  readonly entity?: string
  readonly until?: string
  readonly keys?: string
  readonly location?: string
  readonly role?: (role: string) => string
  readonly extensions?: string
}
const md = 'xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"'
function entityOf(parts: Parts = {}): string {
  const role =
    '<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">' +
    (parts.keys ?? keyOf(keys.idp.certificate)) +
    '<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" ' +
    `Location="${parts.location ?? 'https://idp.example.org/sso'}"/></md:IDPSSODescriptor>`
  const until = parts.until === undefined ? '' : ` validUntil="${parts.until}"`
  return (
    `<md:EntityDescriptor ${md} entityID="${parts.entity ?? entityId}" ID="${parts.id ?? '_e1'}"${until}>` +
    `${parts.extensions ?? ''}${parts.role?.(role) ?? role}</md:EntityDescriptor>`
  )
}

const signed = (xml: string, by: FactoryKey = operator, id = '_e1'): string =>
  signEnveloped(xml, {
    key: by.privateKey,
    certificate: by.certificate,
    signature: 'rsa-sha256',
    digest: 'sha256',
    id,
    place: 'first',
  })

const rules = (change: Partial<MetadataRules> = {}): MetadataRules => ({
  entityId,
  signatures: ['rsa-sha256'],
  digests: ['sha256'],
  minRsaBits: 2048,
  now,
  maxValidDays: 30,
  allowLoopback: false,
  ...change,
})
const federation = (change: Partial<MetadataRules> = {}): MetadataRules =>
  rules({ signers: [operator.publicKey], ...change })
const verdict = (xml: string, with_: MetadataRules): string => verdictOf(() => parseMetadata(Buffer.from(xml), with_))

describe('parseMetadata', () => {
  it('reads addresses, keys, scopes and validity of one entity, alone or among others', () => {
    const scope =
      '<md:Extensions><shibmd:Scope xmlns:shibmd="urn:mace:shibboleth:metadata:1.0" regexp="false">Uni.Example</shibmd:Scope></md:Extensions>'
    const one = parseMetadata(Buffer.from(signed(entityOf({ until: days(7), extensions: scope }))), federation())
    expect(one).toMatchObject({
      entityId,
      singleSignOn: [{ binding: 'post', url: 'https://idp.example.org/sso' }],
      scopes: ['uni.example'],
      validUntil: new Date(days(7)),
    })
    const many = `<md:EntitiesDescriptor ${md} ID="_all" validUntil="${days(7)}">${entityOf({ id: '_other', entity: 'https://other.example' })}${entityOf()}</md:EntitiesDescriptor>`
    expect(parseMetadata(Buffer.from(signed(many, operator, '_all')), federation())).toMatchObject({ entityId })
  }, 60_000)

  it('takes either pinned key of an operator, metadata with comments, and a file that nobody signed', () => {
    const both = federation({ signers: [keys.second.publicKey, operator.publicKey] })
    expect(verdict(signed(entityOf({ until: days(7) })), both)).toBe('ok')
    expect(
      verdict(signed(entityOf({ until: days(7) })).replace('<md:IDPSSO', '<!-- by hand --><md:IDPSSO'), federation()),
    ).toBe('ok')
    expect(verdict(entityOf(), rules())).toBe('ok')
  }, 60_000)

  it('SM-01 refuses metadata that is unsigned, changed, or signed by another key', () => {
    const good = signed(entityOf({ until: days(7) }))
    expect(verdict(good, federation())).toBe('ok')
    expect(verdict(entityOf({ until: days(7) }), federation())).toBe('unsigned')
    expect(verdict(signed(entityOf({ until: days(7) }), keys.stranger), federation())).toBe('sig-invalid')
    expect(verdict(good.replace('https://idp.example.org/sso', 'https://evil.example.org/sso'), federation())).toBe(
      'sig-invalid',
    )
  }, 60_000)

  it('SM-01 refuses metadata that has ended, does not say until when, or for too long', () => {
    expect(verdict(signed(entityOf({ until: days(-1) })), federation())).toBe('metadata-expired')
    expect(verdict(signed(entityOf()), federation())).toBe('metadata-validity')
    expect(verdict(signed(entityOf({ until: days(3650) })), federation())).toBe('metadata-validity')
    expect(verdict(signed(entityOf({ until: 'soon' })), federation())).toBe('metadata-validity')
    expect(verdict(entityOf({ until: days(-1) }), rules())).toBe('metadata-expired')
  }, 60_000)

  it('SM-01 refuses another entity, the same one twice, two roles or none', () => {
    expect(verdict(entityOf({ entity: 'https://other.example' }), rules())).toBe('metadata-entity')
    const twice = `<md:EntitiesDescriptor ${md}>${entityOf()}${entityOf({ id: '_e2' })}</md:EntitiesDescriptor>`
    expect(verdict(twice, rules())).toBe('metadata-entity')
    expect(verdict(entityOf({ role: (role) => role + role }), rules())).toBe('metadata')
    expect(verdict(entityOf({ role: () => '' }), rules())).toBe('metadata')
    expect(verdict(entityOf({ role: (role) => role.replace(':2.0:protocol', ':1.1:protocol') }), rules())).toBe(
      'metadata',
    )
    expect(verdict('<html></html>', rules())).toBe('metadata')
  }, 60_000)

  it('SM-01 refuses addresses that are not https, name a user, or are on hosts that are not allowed', () => {
    for (const location of [
      'http://idp.example.org/sso',
      'javascript:alert(1)',
      '//idp.example.org',
      'https://a:b@idp.example.org/',
    ])
      expect(verdict(entityOf({ location }), rules())).toBe('metadata-address')
    expect(verdict(entityOf(), rules({ allowedHosts: ['other.example.org'] }))).toBe('metadata-address')
    expect(verdict(entityOf(), rules({ allowedHosts: ['idp.example.org'] }))).toBe('ok')
    expect(verdict(entityOf({ location: 'http://127.0.0.1:8080/sso' }), rules())).toBe('metadata-address')
    expect(verdict(entityOf({ location: 'http://127.0.0.1:8080/sso' }), rules({ allowLoopback: true }))).toBe('ok')
    expect(verdict(entityOf({ location: 'http://idp.example.org/sso' }), rules({ allowLoopback: true }))).toBe(
      'metadata-address',
    )
  }, 60_000)

  it('SM-01 refuses a document that is too big, has a DOCTYPE, or wraps the signed part', () => {
    expect(verdict(`${entityOf()}${' '.repeat(2_000_001)}`, rules())).toBe('too-big')
    expect(verdict(`<!DOCTYPE x>${entityOf()}`, rules())).toBe('doctype')
    const good = signed(entityOf({ until: days(7) }))
    const evil = entityOf({ id: '_evil', location: 'https://evil.example.org/sso' })
    const around = (content: string): string =>
      `<md:EntitiesDescriptor ${md} ID="_all">${content}</md:EntitiesDescriptor>`
    expect(verdict(around(good + evil), federation())).toBe('unsigned')
    expect(verdict(around(evil + good), federation())).toBe('unsigned')
    const signature = /<ds:Signature.*<\/ds:Signature>/s.exec(good)![0]
    expect(verdict(around(signature + good.replace(signature, '') + evil), federation())).toBe('ref-uri')
    expect(
      verdict(
        evil.replace('</md:EntityDescriptor>', `${signature}${good.replace(signature, '')}</md:EntityDescriptor>`),
        federation(),
      ),
    ).toBe('ref-uri')
    const renamed = evil.replace('_evil', '_e1').replace('<md:IDPSSO', `${signature}<md:IDPSSO`)
    expect(verdict(renamed, federation())).toBe('sig-invalid')
  }, 60_000)

  it('SC-10 refuses an entity with a key that is too weak', async () => {
    expect(verdict(entityOf({ keys: keyOf(keys.weak.certificate) }), rules())).toBe('weak-key')
    expect(verdict(entityOf({ keys: keyOf(keys.idp.certificate) + keyOf(keys.weak.certificate) }), rules())).toBe(
      'weak-key',
    )
    expect(verdict(entityOf(), rules({ minRsaBits: 3072 }))).toBe('weak-key')
    expect(verdict(entityOf({ keys: keyOf(keys.ec256.certificate) }), rules({ minRsaBits: 3072 }))).toBe('ok')
  }, 60_000)

  it('SC-04 counts keys that sign, and not one that only encrypts', () => {
    const { signingKeys } = parseMetadata(
      Buffer.from(entityOf({ keys: keyOf(keys.idp.certificate) + keyOf(keys.other.certificate, ' use="encryption"') })),
      rules(),
    )
    expect(signingKeys.map((key) => key.equals(keys.idp.publicKey))).toEqual([true])
    expect(verdict(entityOf({ keys: keyOf(keys.other.certificate, ' use="encryption"') }), rules())).toBe(
      'metadata-keys',
    )
  }, 60_000)

  it('SM-02 takes both keys of an entity that changes them, and a key whose certificate has ended with a word', () => {
    const { signingKeys, findings } = parseMetadata(
      Buffer.from(entityOf({ keys: keyOf(keys.idp.certificate) + keyOf(keys.expired.certificate, '') })),
      rules(),
    )
    expect(signingKeys).toHaveLength(2)
    expect(findings).toEqual(['1 of its certificates have ended; their keys are still taken'])
  }, 60_000)
})
