import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { makeThrowawaySigner, type ThrowawayOptions } from '@emrex-gateway/testing'
import { digestUris, signatureUris, signValue } from '../src/signature/algorithms.js'
import type { DigestAlgorithm, SamlProfile, SignatureAlgorithm } from '../src/profile.js'
import { escapeXml } from '../src/xml/escape-xml.js'

export const ns = {
  samlp: 'urn:oasis:names:tc:SAML:2.0:protocol',
  saml: 'urn:oasis:names:tc:SAML:2.0:assertion',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xenc: 'http://www.w3.org/2001/04/xmlenc#',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  eidas: 'http://eidas.europa.eu/attributes/naturalperson',
} as const

export const entities = {
  sp: 'https://sp.example.org/saml',
  callback: 'https://gateway.example.org/login/callback',
  idp: 'https://idp.example.org/metadata',
  otherIdp: 'https://other.example.org/metadata',
} as const

export const loa = {
  low: 'http://eidas.europa.eu/LoA/low',
  substantial: 'http://eidas.europa.eu/LoA/substantial',
  high: 'http://eidas.europa.eu/LoA/high',
  notNotified: 'http://eidas.europa.eu/NotNotified/LoA/substantial',
} as const

const person = `${ns.eidas}/`
export const names = {
  identifier: `${person}PersonIdentifier`,
  family: `${person}CurrentFamilyName`,
  given: `${person}CurrentGivenName`,
  birthDate: `${person}DateOfBirth`,
} as const

/** The moment at which every message of the factory is judged. */
export const now = new Date('2026-11-26T12:00:00.000Z')
export const at = (seconds: number): string => new Date(now.getTime() + seconds * 1000).toISOString()

/** A key that signs, with a certificate for KeyInfo. */
export interface FactoryKey {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
  readonly certificate: string
}

async function makeKey(key: NonNullable<ThrowawayOptions['key']>, notAfter?: Date): Promise<FactoryKey> {
  const signer = await makeThrowawaySigner({ key, ...(notAfter ? { notBefore: new Date(0), notAfter } : {}) })
  return {
    privateKey: createPrivateKey(signer.privateKey),
    publicKey: createPublicKey(signer.certificate),
    certificate: signer.certificate,
  }
}

/** A key of a curve that has no certificate here. */
export const makeCurveKey = (namedCurve: string): Omit<FactoryKey, 'certificate'> =>
  generateKeyPairSync('ec', { namedCurve })

/** Keys made now, meant to be thrown away. */
export async function makeKeys() {
  const [idp, second, other, stranger, weak, ec256, ec384, ec521, expired] = await Promise.all([
    makeKey({ type: 'rsa', bits: 2048 }),
    makeKey({ type: 'rsa', bits: 2048 }),
    makeKey({ type: 'rsa', bits: 2048 }),
    makeKey({ type: 'rsa', bits: 2048 }),
    makeKey({ type: 'rsa', bits: 1024 }),
    makeKey({ type: 'ec', curve: 'P-256' }),
    makeKey({ type: 'ec', curve: 'P-384' }),
    makeKey({ type: 'ec', curve: 'P-521' }),
    makeKey({ type: 'rsa', bits: 2048 }, new Date('2020-01-01T00:00:00Z')),
  ])
  return { idp, second, other, stranger, weak, ec256, ec384, ec521, expired }
}
export type FactoryKeys = Awaited<ReturnType<typeof makeKeys>>

/** How a signature of the factory is made; what is not said is as the profile wants it. */
export interface SignOptions {
  readonly key: KeyObject
  readonly algorithm?: SignatureAlgorithm
  readonly digest?: DigestAlgorithm
  readonly keyInfo?: string
  /** Changes SignedInfo before it is signed. */
  readonly editInfo?: (signedInfo: string) => string
  /** Declarations, in canonical order, that a prefix list in SignedInfo takes from around it. */
  readonly inScope?: string
  /** Makes the value some other way. */
  readonly value?: (signedInfo: string) => string
  /** Changes the finished signature. */
  readonly edit?: (signature: string) => string
}

const sha = (digest: DigestAlgorithm, text: string): string => createHash(digest).update(text).digest('base64')

/**
 * A signature over an element that is written in its exclusive canonical form already, as all of the factory is: this is
 * a second way to sign, which shares nothing with the library's but the primitive.
 */
export function signatureOver(element: string, id: string, options: SignOptions): string {
  const { algorithm = 'rsa-sha256', digest = 'sha256' } = options
  const written =
    `<ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${ns.exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${signatureUris[algorithm]}"></ds:SignatureMethod>` +
    `<ds:Reference URI="#${id}"><ds:Transforms>` +
    `<ds:Transform Algorithm="${ns.ds}enveloped-signature"></ds:Transform>` +
    `<ds:Transform Algorithm="${ns.exclusive}"></ds:Transform></ds:Transforms>` +
    `<ds:DigestMethod Algorithm="${digestUris[digest]}"></ds:DigestMethod>` +
    `<ds:DigestValue>${sha(digest, element)}</ds:DigestValue></ds:Reference></ds:SignedInfo>`
  const signedInfo = options.editInfo?.(written) ?? written
  const canonical = signedInfo.replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${ns.ds}"${options.inScope ?? ''}>`)
  const value =
    options.value?.(canonical) ?? signValue(algorithm, options.key, Buffer.from(canonical)).toString('base64')
  const keyInfo = options.keyInfo === undefined ? '' : keyInfoOf(options.keyInfo)
  const signature =
    `<ds:Signature xmlns:ds="${ns.ds}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue>${keyInfo}` +
    `</ds:Signature>`
  return options.edit?.(signature) ?? signature
}

const keyInfoOf = (certificate: string): string =>
  `<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.replace(/-----[A-Z ]+-----|\s/g, '')}` +
  `</ds:X509Certificate></ds:X509Data></ds:KeyInfo>`

/** Puts a signature behind the first Issuer of an element. */
export const placeBehindIssuer = (element: string, signature: string): string =>
  element.replace('</saml:Issuer>', () => `</saml:Issuer>${signature}`)

export const idOf = (element: string): string => / ID="([^"]*)"/.exec(element)?.[1] ?? ''

/** The element with its signature. */
export const signElement = (element: string, options: SignOptions): string =>
  placeBehindIssuer(element, signatureOver(element, idOf(element), options))

/** What a message says; whatever is undefined is left out. */
export interface MessageFields {
  readonly responseId: string
  readonly assertionId: string
  readonly destination: string | undefined
  readonly inResponseTo: string | undefined
  readonly responseIssuer: string | undefined
  readonly responseIssued: string
  readonly status: string
  readonly issuer: string
  readonly issued: string
  readonly nameId: string
  readonly recipient: string | undefined
  readonly confirmationInResponseTo: string | undefined
  readonly confirmationEnd: string | undefined
  readonly notBefore: string | undefined
  readonly notOnOrAfter: string | undefined
  readonly audience: string
  readonly authnInstant: string
  readonly level: string
  /** Content of AttributeStatement. */
  readonly attributes: string
}

export const attribute = (name: string, ...values: readonly string[]): string =>
  `<saml:Attribute Name="${name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">` +
  `${values.map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`

export const personAttributes = [
  attribute(names.identifier, 'NO/SE/05068907693'),
  attribute(names.family, 'Nordmann'),
  attribute(names.given, 'Ada'),
  attribute(names.birthDate, '1989-06-05'),
].join('')

const success = `<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"></samlp:StatusCode>`

export const requestId = '_request-1'

export const fields = (change: Partial<MessageFields> = {}): MessageFields => ({
  responseId: '_response-1',
  assertionId: '_assertion-1',
  destination: entities.callback,
  inResponseTo: requestId,
  responseIssuer: entities.idp,
  responseIssued: at(-5),
  status: success,
  issuer: entities.idp,
  issued: at(-5),
  nameId: `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">ada-1</saml:NameID>`,
  recipient: entities.callback,
  confirmationInResponseTo: requestId,
  confirmationEnd: at(295),
  notBefore: at(-5),
  notOnOrAfter: at(295),
  audience: `<saml:AudienceRestriction><saml:Audience>${entities.sp}</saml:Audience></saml:AudienceRestriction>`,
  authnInstant: at(-6),
  level: loa.substantial,
  attributes: personAttributes,
  ...change,
})

const given = (name: string, value: string | undefined): string => (value === undefined ? '' : ` ${name}="${value}"`)

/** An assertion in canonical form, not signed. */
export const assertionOf = (f: MessageFields): string =>
  `<saml:Assertion xmlns:saml="${ns.saml}" ID="${f.assertionId}" IssueInstant="${f.issued}" Version="2.0">` +
  `<saml:Issuer>${f.issuer}</saml:Issuer><saml:Subject>${f.nameId}` +
  `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData` +
  `${given('InResponseTo', f.confirmationInResponseTo)}${given('NotOnOrAfter', f.confirmationEnd)}` +
  `${given('Recipient', f.recipient)}></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>` +
  `<saml:Conditions${given('NotBefore', f.notBefore)}${given('NotOnOrAfter', f.notOnOrAfter)}>${f.audience}` +
  `</saml:Conditions><saml:AuthnStatement AuthnInstant="${f.authnInstant}" SessionIndex="_session-1">` +
  `<saml:AuthnContext><saml:AuthnContextClassRef>${f.level}</saml:AuthnContextClassRef></saml:AuthnContext>` +
  `</saml:AuthnStatement><saml:AttributeStatement>${f.attributes}</saml:AttributeStatement></saml:Assertion>`

/** A Response in canonical form, not signed, around an assertion, encrypted or not. */
export const responseOf = (f: MessageFields, content: string): string =>
  `<samlp:Response xmlns:samlp="${ns.samlp}"${given('Destination', f.destination)} ID="${f.responseId}"` +
  `${given('InResponseTo', f.inResponseTo)} IssueInstant="${f.responseIssued}" Version="2.0">` +
  (f.responseIssuer === undefined ? '' : `<saml:Issuer xmlns:saml="${ns.saml}">${f.responseIssuer}</saml:Issuer>`) +
  `<samlp:Status>${f.status}</samlp:Status>${content}</samlp:Response>`

/** Stands for an encrypted assertion where encryption itself is not what is looked at: `unwrap` opens it. */
export const wrapped = (plaintext: string, declarations = ''): string =>
  `<saml:EncryptedAssertion xmlns:saml="${ns.saml}"${declarations}><xenc:EncryptedData xmlns:xenc="${ns.xenc}">` +
  `<xenc:CipherData><xenc:CipherValue>${Buffer.from(plaintext).toString('base64')}</xenc:CipherValue>` +
  `</xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>`

export const unwrap = (encrypted: { readonly textContent: string | null }): string =>
  Buffer.from(encrypted.textContent ?? '', 'base64').toString()

/** How a message is put together. */
export interface BuildOptions {
  readonly fields?: Partial<MessageFields>
  readonly signed?: 'response' | 'assertion' | 'both' | 'none'
  readonly encrypted?: boolean
  readonly key?: KeyObject
  readonly sign?: Partial<SignOptions>
  readonly signResponse?: Partial<SignOptions>
  readonly signAssertion?: Partial<SignOptions>
  /** Changes a part before it is signed. */
  readonly editAssertion?: (assertion: string) => string
  readonly editResponse?: (response: string) => string
  /** Changes the finished message. */
  readonly edit?: (message: string) => string
}

/** A message, good unless the options say otherwise: the Response is signed. */
export function buildResponse(keys: FactoryKeys, options: BuildOptions = {}): string {
  const all = fields(options.fields)
  const signed = options.signed ?? 'response'
  const key = options.key ?? keys.idp.privateKey
  const plain = options.editAssertion?.(assertionOf(all)) ?? assertionOf(all)
  const assertion =
    signed === 'assertion' || signed === 'both'
      ? signElement(plain, { key, ...options.sign, ...options.signAssertion })
      : plain
  const around = responseOf(all, options.encrypted === true ? wrapped(assertion) : assertion)
  const response = options.editResponse?.(around) ?? around
  const message =
    signed === 'response' || signed === 'both'
      ? signElement(response, { key, ...options.sign, ...options.signResponse })
      : response
  return options.edit?.(message) ?? message
}

const everyAlgorithm = Object.keys(signatureUris) as SignatureAlgorithm[]
const known = { source: 'invented for tests' }

/** A profile, strict unless `response` says otherwise. */
export const profileOf = (response: Partial<SamlProfile['response']> = {}, change: Partial<SamlProfile> = {}) =>
  ({
    protocol: 'saml',
    id: 'test',
    kind: 'eid',
    label: 'Test',
    countries: ['NO'],
    request: {
      binding: 'post',
      signature: 'rsa-sha256',
      digest: 'sha256',
      forceAuthn: 'always',
      consumer: 'url',
    },
    response: {
      binding: 'post',
      signed: 'response',
      encrypted: 'allowed',
      signatures: everyAlgorithm,
      digests: ['sha256', 'sha384', 'sha512'],
      skewSeconds: 60,
      maxLifetimeSeconds: 900,
      ...response,
    },
    levels: [
      { value: loa.low, loa: 'low', known },
      { value: loa.substantial, loa: 'substantial', known },
      { value: loa.high, loa: 'high', known },
      { value: loa.notNotified, loa: 'substantial', known },
    ],
    levelFrom: 'authn-context',
    attributes: [
      { names: [names.identifier], gives: 'identifier', form: 'eidas-person-identifier', required: true, known },
      { names: [names.family], gives: 'family-name', required: true, known },
      { names: [names.given], gives: 'given-name', required: true, known },
      { names: [names.birthDate], gives: 'birth-date', form: 'date', required: true, known },
    ],
    nameId: { names: [], gives: 'identifier', scheme: 'saml-nameid', required: true, known },
    minRsaBits: 2048,
    notes: [],
    ...change,
  }) satisfies SamlProfile
