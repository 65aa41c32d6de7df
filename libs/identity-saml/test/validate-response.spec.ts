import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import { jest } from '@jest/globals'
import { attackCases } from './attacks/attack-cases.js'
import { judge } from './judged.js'
import {
  assertionOf,
  at,
  attribute,
  buildResponse,
  entities,
  fields,
  loa,
  makeKeys,
  names,
  now,
  ns,
  personAttributes,
  profileOf,
  type BuildOptions,
} from './saml-factory.js'

const keys = await makeKeys()
const build = (options: BuildOptions = {}): string => buildResponse(keys, options)

describe('validateResponse', () => {
  it.each([
    ['response', false],
    ['assertion', false],
    ['both', false],
    ['response', true],
    ['assertion', true],
    ['both', true],
  ] as const)('takes the facts from a good message, %s signed, encrypted: %s', (signed, encrypted) => {
    const outcome = judge(keys, build({ signed, encrypted }), { profile: profileOf({ signed }) })
    expect(outcome).toEqual({
      ok: true,
      facts: {
        issuer: entities.idp,
        assertionId: '_assertion-1',
        nameId: { value: 'ada-1', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent' },
        sessionIndex: '_session-1',
        attributes: new Map([
          [names.identifier, [{ text: 'NO/SE/05068907693' }]],
          [names.family, [{ text: 'Nordmann' }]],
          [names.given, [{ text: 'Ada' }]],
          [names.birthDate, [{ text: '1989-06-05' }]],
        ]),
        loa: 'substantial',
        loaRule: expect.objectContaining({ value: loa.substantial }) as unknown,
        authnInstant: new Date(at(-6)),
        notOnOrAfter: new Date(at(295)),
        evidence: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    })
  })

  it('names who vouches behind a proxy, the qualifiers of the name, and which value is in the own script', () => {
    const native = `<saml:AttributeValue xmlns:n="${ns.eidas}" n:LatinScript="false">Ада</saml:AttributeValue>`
    const outcome = judge(
      keys,
      build({
        fields: {
          nameId: `<saml:NameID NameQualifier="urn:a" SPNameQualifier="urn:b">ada-1</saml:NameID>`,
          attributes: personAttributes.replace('<saml:AttributeValue>Ada<', () => `${native}<saml:AttributeValue>Ada<`),
        },
        editAssertion: (assertion) =>
          assertion.replace(
            '</saml:AuthnContext>',
            '<saml:AuthenticatingAuthority>https://eid.example.org</saml:AuthenticatingAuthority></saml:AuthnContext>',
          ),
      }),
    )
    expect(outcome).toMatchObject({
      ok: true,
      facts: {
        authority: 'https://eid.example.org',
        nameId: { value: 'ada-1', nameQualifier: 'urn:a', spNameQualifier: 'urn:b' },
      },
    })
    const given = outcome.ok ? outcome.facts.attributes.get(names.given) : undefined
    expect(given).toEqual([{ text: 'Ада', isNative: true }, { text: 'Ada' }])
  })

  it('hands on what nobody asked for, but never an empty value', () => {
    const outcome = judge(
      keys,
      build({ fields: { attributes: personAttributes + attribute('urn:x', 'one', 'two') + attribute('urn:y', '') } }),
    )
    const attributes = outcome.ok ? outcome.facts.attributes : new Map()
    expect(attributes.get('urn:x')).toEqual([{ text: 'one' }, { text: 'two' }])
    expect(attributes.has('urn:y')).toBe(false)
  })

  it('gives the hash of the signed bytes as evidence', () => {
    const outcome = judge(keys, build({ signed: 'assertion' }), { profile: profileOf({ signed: 'assertion' }) })
    const bytes = assertionOf(fields())
    expect(outcome.ok && outcome.facts.evidence).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('says whether the identity provider signed what is refused', () => {
    const authentic = (options: BuildOptions): boolean => {
      const outcome = judge(keys, build(options))
      return outcome.ok || outcome.isAuthentic
    }
    expect(authentic({ fields: { level: loa.low } })).toBe(true)
    expect(authentic({ key: keys.other.privateKey, fields: { level: loa.low } })).toBe(false)
    expect(authentic({ signed: 'none' })).toBe(false)
  })

  it.each([
    ['loa-too-low', 'loa-too-low', { fields: { level: loa.low } }],
    ['expired', 'expired', { fields: { notOnOrAfter: at(-100) } }],
    ['attributes-missing', 'attributes-missing', { fields: { attributes: '' } }],
    ['invalid-message', 'unsigned', { signed: 'none' }],
    ['invalid-message', 'audience', { fields: { audience: '' } }],
  ] as const)('maps to %s: %s', (reason, detail, options) => {
    expect(judge(keys, build(options))).toMatchObject({ ok: false, reason, detail })
  })

  it.each([
    ['consent-refused', 'Requester', 'RequestDenied'],
    ['cancelled', 'Responder', 'AuthnFailed'],
    ['loa-too-low', 'Responder', 'NoAuthnContext'],
    ['provider-error', 'Requester', 'RequestUnsupported'],
    ['provider-unavailable', 'Responder', undefined],
  ] as const)('maps the status of the other side to %s', (reason, first, second) => {
    const code = (value: string, within = ''): string =>
      `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${value}">${within}</samlp:StatusCode>`
    const status = code(first, second === undefined ? '' : code(second))
    expect(judge(keys, build({ fields: { status } }))).toMatchObject({ ok: false, reason })
  })

  it('tells the one who decrypts whether the ciphertext was signed', () => {
    const told: boolean[] = []
    const decrypt = (element: { readonly textContent: string | null }, isSigned: boolean): string => {
      told.push(isSigned)
      return Buffer.from(element.textContent ?? '', 'base64').toString()
    }
    const profile = profileOf({ signed: 'either' })
    judge(keys, build({ signed: 'response', encrypted: true }), { context: { decrypt } })
    judge(keys, build({ signed: 'assertion', encrypted: true }), { profile, context: { decrypt } })
    expect(told).toEqual([true, false])
  })

  it('decrypts nothing of a Response whose signature is wanted and does not hold', () => {
    const decrypt = (): never => {
      throw new Error('decrypted before it was verified')
    }
    for (const options of [{ key: keys.other.privateKey }, { signed: 'none' }, { signed: 'assertion' }] as const)
      expect(judge(keys, build({ encrypted: true, ...options }), { context: { decrypt } })).toMatchObject({ ok: false })
  })

  it('is judged at the time it is given', () => {
    const message = build()
    expect(judge(keys, message, { at: new Date(now.getTime() + 354_000) })).toMatchObject({ ok: true })
    expect(judge(keys, message, { at: new Date(now.getTime() + 355_000) })).toMatchObject({ detail: 'expired' })
  })

  it('SX-15, SX-19: opens no connection, whatever a message names', () => {
    const connect = jest.spyOn(Socket.prototype, 'connect')
    try {
      for (const attack of attackCases(keys).filter(({ id }) => id === 'SX-15' || id === 'SX-19')) attack.run()
      expect(connect).not.toHaveBeenCalled()
    } finally {
      connect.mockRestore()
    }
  })
})
