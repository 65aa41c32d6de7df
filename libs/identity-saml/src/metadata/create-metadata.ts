import { createHash, X509Certificate } from 'node:crypto'
import type { ProviderAddresses } from '@emrex-gateway/core'
import { wantedAttributes } from '../messages/request-extensions.js'
import type { SamlProfile } from '../profile.js'
import { digestUris, signatureUris } from '../signature/algorithms.js'
import { signEnveloped, type Signer } from '../signature/sign-enveloped.js'
import { escapeXml } from '../xml/escape-xml.js'
import { namespaces } from '../xml/namespaces.js'
import { encryptionMethods } from './encryption-methods.js'
import type { PublishedFacts } from './published-facts.js'

const binding = (name: string): string => `urn:oasis:names:tc:SAML:2.0:bindings:${name}`

export interface MetadataContent {
  readonly entityId: string
  readonly addresses: ProviderAddresses
  /** PEM, newest first; a second one while keys change. */
  readonly signing: readonly string[]
  readonly encryption: readonly { readonly certificate: string; readonly kind: 'rsa' | 'ec' }[]
  readonly published: PublishedFacts
  /** Instant of today, for relaxations and validity. */
  readonly now: Date
}

/**
 * What an operator has to know about us, signed. The same content gives the same document; with a validity it changes once
 * a day. It names exactly what can be decrypted, because many logins choose from that.
 *
 * Spec: SAML 2.0 Metadata, sections 2.3 and 2.4.4; Metadata Extension for Algorithm Support 1.0; Login and Discovery User
 * Interface 1.0; Metadata Extension for Entity Attributes 1.0; Shibboleth and eIDAS interoperability requirements.
 */
export function createMetadata(profile: SamlProfile, content: MetadataContent, signer: Signer): string {
  const { published, now } = content
  const until = published.validDays === undefined ? '' : ` validUntil="${endOf(now, published.validDays)}"`
  const inside = extensions(profile, published) + serviceProvider(profile, content) + organisation(published)
  const id = `_${createHash('sha256').update(`${content.entityId}${until}${inside}`).digest('hex').slice(0, 32)}`
  const xml =
    `<md:EntityDescriptor xmlns:md="${namespaces.metadata}" entityID="${escapeXml(content.entityId)}" ID="${id}"${until}>` +
    `${inside}</md:EntityDescriptor>`
  return signEnveloped(xml, { ...signer, id, place: 'first' })
}

/** The whole day counts, so that the document stays the same for a day. */
const endOf = (now: Date, days: number): string =>
  `${new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`

function extensions({ response }: SamlProfile, { entityAttributes, spType }: PublishedFacts): string {
  const attributes = Object.entries(entityAttributes).map(
    ([name, values]) =>
      `<saml:Attribute Name="${escapeXml(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">` +
      `${values.map((value) => `<saml:AttributeValue>${escapeXml(value)}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  )
  const alg = 'xmlns:alg="urn:oasis:names:tc:SAML:metadata:algsupport"'
  return [
    '<md:Extensions>',
    ...(spType === undefined
      ? []
      : [`<eidas:SPType xmlns:eidas="http://eidas.europa.eu/saml-extensions">${spType}</eidas:SPType>`]),
    ...(attributes.length === 0
      ? []
      : [
          `<mdattr:EntityAttributes xmlns:mdattr="urn:oasis:names:tc:SAML:metadata:attribute" ` +
            `xmlns:saml="${namespaces.assertion}">${attributes.join('')}</mdattr:EntityAttributes>`,
        ]),
    ...response.digests.map((name) => `<alg:DigestMethod ${alg} Algorithm="${digestUris[name]}"/>`),
    ...response.signatures.map((name) => `<alg:SigningMethod ${alg} Algorithm="${signatureUris[name]}"/>`),
    '</md:Extensions>',
  ].join('')
}

function serviceProvider(profile: SamlProfile, content: MetadataContent): string {
  const { addresses, signing, encryption, published, now } = content
  const { request, response, logout } = profile
  const wantsSigned = response.signed === 'assertion' || response.signed === 'both'
  const logoutBinding = logout === undefined ? undefined : binding(logout === 'post' ? 'HTTP-POST' : 'HTTP-Redirect')
  const consumer = binding(response.binding === 'artifact' ? 'HTTP-Artifact' : 'HTTP-POST')
  return [
    `<md:SPSSODescriptor AuthnRequestsSigned="true" WantAssertionsSigned="${wantsSigned}" ` +
      `protocolSupportEnumeration="${namespaces.protocol}">`,
    userInterface(published),
    ...signing.map((certificate) => keyDescriptor('signing', certificate, '')),
    ...encryption.map(({ certificate, kind }) =>
      keyDescriptor('encryption', certificate, encryptionMethods(response, kind, now)),
    ),
    logoutBinding === undefined
      ? ''
      : `<md:SingleLogoutService Binding="${logoutBinding}" Location="${escapeXml(addresses.logoutUrl)}"/>`,
    request.nameIdFormat === undefined ? '' : `<md:NameIDFormat>${escapeXml(request.nameIdFormat)}</md:NameIDFormat>`,
    `<md:AssertionConsumerService Binding="${consumer}" Location="${escapeXml(addresses.callbackUrl)}" index="0" isDefault="true"/>`,
    attributeService(profile, published),
    '</md:SPSSODescriptor>',
  ].join('')
}

function keyDescriptor(use: 'signing' | 'encryption', certificate: string, methods: string): string {
  const packed = new X509Certificate(certificate).raw.toString('base64')
  return (
    `<md:KeyDescriptor use="${use}"><ds:KeyInfo xmlns:ds="${namespaces.signature}"><ds:X509Data>` +
    `<ds:X509Certificate>${packed}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>${methods}</md:KeyDescriptor>`
  )
}

/** In each language: its names. */
const localized = (element: string, texts: Readonly<Record<string, string>>): string =>
  Object.entries(texts)
    .map(([language, text]) => `<${element} xml:lang="${escapeXml(language)}">${escapeXml(text)}</${element}>`)
    .join('')

function userInterface({ displayName, description, privacyUrl, informationUrl }: PublishedFacts): string {
  const parts =
    localized('mdui:DisplayName', displayName) +
    localized('mdui:Description', description) +
    localized('mdui:InformationURL', informationUrl) +
    localized('mdui:PrivacyStatementURL', privacyUrl)
  if (parts === '') return ''
  return `<md:Extensions><mdui:UIInfo xmlns:mdui="urn:oasis:names:tc:SAML:metadata:ui">${parts}</mdui:UIInfo></md:Extensions>`
}

/** Where a request names attributes by index, or a federation reads from here what is asked for. */
function attributeService({ request, kind, label, attributes }: SamlProfile, { displayName }: PublishedFacts): string {
  const wanted = wantedAttributes(attributes)
  const isNeeded = request.attributeConsumingServiceIndex !== undefined || kind === 'federation'
  if (!isNeeded || wanted.length === 0) return ''
  const names = Object.keys(displayName).length === 0 ? { en: label } : displayName
  const requested = wanted.map(
    ({ name, isRequired }) =>
      `<md:RequestedAttribute Name="${escapeXml(name)}" ` +
      `NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri" isRequired="${isRequired}"/>`,
  )
  return (
    `<md:AttributeConsumingService index="${request.attributeConsumingServiceIndex ?? 0}">` +
    `${localized('md:ServiceName', names)}${requested.join('')}</md:AttributeConsumingService>`
  )
}

function organisation({ organisation: it, contacts }: PublishedFacts): string {
  const whole =
    it === undefined
      ? ''
      : `<md:Organization>${localized('md:OrganizationName', { en: it.name })}` +
        `${localized('md:OrganizationDisplayName', { en: it.name })}${localized('md:OrganizationURL', { en: it.url })}` +
        '</md:Organization>'
  return (
    whole +
    contacts
      .map(
        ({ type, email }) =>
          `<md:ContactPerson contactType="${type}"><md:EmailAddress>mailto:${escapeXml(email)}</md:EmailAddress></md:ContactPerson>`,
      )
      .join('')
  )
}
