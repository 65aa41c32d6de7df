import type { Loa } from '@emrex-gateway/core'
import type { SamlProfile } from '../profile.js'
import { escapeXml } from '../xml/escape-xml.js'
import { namespaces } from '../xml/namespaces.js'
import { issuerElement } from './issuer-element.js'
import { requestExtensions } from './request-extensions.js'
import { requestedLevels } from './requested-levels.js'

/** What a request says besides what the profile says. */
export interface AuthnRequestFacts {
  readonly id: string
  readonly issuedAt: Date
  /** Where it goes to. */
  readonly destination: string
  /** Where the answer shall come to. */
  readonly consumerUrl: string
  readonly entityId: string
  readonly providerName?: string
  readonly minimumLoa: Loa | 'none'
  readonly freshLogin: boolean
}

const bindings = {
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
  artifact: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact',
} as const

/** Whether the login must be a fresh one. */
export const demandsFreshLogin = (profile: SamlProfile, freshLogin: boolean): boolean =>
  profile.request.forceAuthn === 'always' || freshLogin

/**
 * A request for a login, unsigned, its children in the order of the schema.
 *
 * Spec: SAML 2.0 Core, section 3.4.1; eIDAS SAML Message Format 1.2, section 2.3.
 * @throws {SamlRefusal} `xml` for a value of the settings that no XML can hold
 */
export function createAuthnRequest(profile: SamlProfile, facts: AuthnRequestFacts): string {
  const { request, response } = profile
  const attributes: Record<string, string | undefined> = {
    ID: facts.id,
    Version: '2.0',
    IssueInstant: facts.issuedAt.toISOString(),
    Destination: facts.destination,
    Consent: request.eidas === undefined ? undefined : 'urn:oasis:names:tc:SAML:2.0:consent:unspecified',
    ForceAuthn: demandsFreshLogin(profile, facts.freshLogin) ? 'true' : 'false',
    IsPassive: 'false',
    ProtocolBinding: request.consumer === 'url' ? bindings[response.binding] : undefined,
    AssertionConsumerServiceURL: request.consumer === 'url' ? facts.consumerUrl : undefined,
    AssertionConsumerServiceIndex: request.consumer === 'index' ? '0' : undefined,
    AttributeConsumingServiceIndex: request.attributeConsumingServiceIndex?.toString(),
    ProviderName: facts.providerName,
  }
  const written = Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escapeXml(value)}"`]))
    .join('')
  return (
    `<samlp:AuthnRequest xmlns:samlp="${namespaces.protocol}" xmlns:saml="${namespaces.assertion}"${written}>` +
    issuerElement(facts.entityId, request.issuer) +
    requestExtensions(request, profile.attributes) +
    nameIdPolicy(request.nameIdFormat) +
    requestedAuthnContext(profile, facts.minimumLoa) +
    '</samlp:AuthnRequest>'
  )
}

/** A session's own name for the person is made anew each time: the schema's AllowCreate says nothing there, SPID forbids it. */
function nameIdPolicy(format: string | undefined): string {
  if (format === undefined) return ''
  const allowCreate = format.endsWith(':transient') ? '' : ' AllowCreate="true"'
  return `<samlp:NameIDPolicy${allowCreate} Format="${escapeXml(format)}"/>`
}

function requestedAuthnContext({ request, levels, levelFrom }: SamlProfile, minimum: Loa | 'none'): string {
  if (request.authnContext === undefined || levelFrom !== 'authn-context') return ''
  const classes = requestedLevels(levels, minimum, request.authnContext).map(
    (value) => `<saml:AuthnContextClassRef>${escapeXml(value)}</saml:AuthnContextClassRef>`,
  )
  if (classes.length === 0) return ''
  return (
    `<samlp:RequestedAuthnContext Comparison="${request.authnContext}">${classes.join('')}` +
    '</samlp:RequestedAuthnContext>'
  )
}
